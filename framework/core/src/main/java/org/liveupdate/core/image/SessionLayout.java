package org.liveupdate.core.image;

import org.liveupdate.api.LiveUpdateConstants;

/**
 * Sessions and their files, {@value LuoLayout#SESSION}: chains of one-page blocks.
 *
 * <pre>
 *   session entry, 80 bytes              file entry, 88 bytes
 *      0  char name[64]                     0  char compatible[48]
 *     64  u64  head of its chain of        48  u64  data
 *              file entries, 0 for none    56  u64  token
 *     72  u64  files                       64  u64  FLB list, 0 for none
 *                                          72  u64  memory scope, 0 for none
 *                                          80  u64  owner, index in the owner chain
 * </pre>
 */
final class SessionLayout {
    static final int NAME = 0;
    static final int NAME_BYTES = LiveUpdateConstants.SESSION_NAME_MAX_BYTES + 1;
    static final int FILES_HEAD = 64;
    static final int FILES = 72;
    static final int SESSION_BYTES = 80;

    static final int COMPATIBLE = 0;
    static final int COMPATIBLE_BYTES = LiveUpdateConstants.COMPATIBLE_MAX_BYTES + 1;
    static final int DATA = 48;
    static final int TOKEN = 56;
    static final int LIST = 64;
    static final int SCOPE = 72;
    static final int OWNER = 80;
    static final int FILE_BYTES = 88;

    private SessionLayout() {}
}
