package org.liveupdate.core.image;

/**
 * What the original does not say about FLBs, {@value LuoLayout#OWN_FLB}: three chains.
 *
 * <pre>
 *   holder entry, 16 bytes: one for each entry     list entry, 16 bytes: the lists one after the other
 *   of the FLB page, in its order                     0  u64  number of the list, from 1
 *      0  u64  memory scope, 0 for none               8  u64  index of the FLB in the FLB page, from 0
 *      8  u64  owner, index in the owner chain
 *
 *   owner entry, 256 bytes
 *      0  char symbolicName[256]: the bundle that preserved something
 * </pre>
 *
 * A file without FLBs has list 0. Entries of one list stand together, in the order in which the file acquired them.
 */
final class FlbExtraLayout {
    static final int HOLDER_SCOPE = 0;
    static final int HOLDER_OWNER = 8;
    static final int HOLDER_BYTES = 16;

    static final int LIST_NUMBER = 0;
    static final int LIST_FLB = 8;
    static final int LIST_BYTES = 16;

    static final int OWNER_NAME = 0;
    static final int OWNER_BYTES = 256;

    private FlbExtraLayout() {}
}
