package org.liveupdate.core.image;

import org.liveupdate.api.LiveUpdateConstants;

/**
 * The FLB page, {@value LuoLayout#FLB}, as on the original: one page, a header and up to 63 entries.
 *
 * <pre>
 *   header, 16 bytes          entry, 64 bytes
 *      0  u64  pages, 1          0  char name[48]
 *      8  u64  entries          48  u64  data
 *                               56  u64  files that hold it, at least 1
 * </pre>
 */
final class FlbPageLayout {
    static final int PAGES = 0;
    static final int COUNT = 8;
    static final int HEADER_BYTES = 16;

    static final int NAME = 0;
    static final int NAME_BYTES = LiveUpdateConstants.COMPATIBLE_MAX_BYTES + 1;
    static final int DATA = 48;
    static final int FILES = 56;
    static final int ENTRY_BYTES = 64;

    private FlbPageLayout() {}
}
