package org.liveupdate.core.image;

/**
 * The device tree of an image: the original's tree, and nodes of our own behind it.
 *
 * <pre>
 *   /                     compatible "luo-v1"
 *      liveupdate-number     u64  of this live update, 1 for the first
 *   /luo-session          compatible "liveupdate-session-v1"
 *      luo-session-header    u64  head of the chain of session entries, 0 if there are none
 *   /luo-flb              compatible "luo-flb-v1"
 *      luo-flb-header        u64  address of the FLB page
 *   /liveupdate-flb       compatible "liveupdate-flb-v1"
 *      lists                 u64  head of the chain of FLB list entries, 0 if there are none
 *      holders               u64  head of the chain of FLB holder entries, 0 if there are none
 *      owners                u64  head of the chain of owner entries, 0 if there are none
 *   /liveupdate-timeline  compatible "liveupdate-timeline-v1"
 *      prepare-began         u64  nanoseconds of the monotonic clock
 *      freeze-began          u64  the same
 *      committed             u64  the same
 *      committed-wall        u64  milliseconds since 1970
 *   /liveupdate-resume    only if something goes on as outgoing: see {@link ResumeLayout}
 *   /liveupdate-freeze    only if something was frozen: see {@link FreezeLayout}
 *   /liveupdate-kho       see org.liveupdate.kho.image.MemoryState
 * </pre>
 *
 * All u64 properties are eight bytes, little-endian, as on the original. Addresses of metadata are byte offsets in the
 * image; what providers call {@code data} is theirs, normally a byte offset in handover memory.
 */
final class LuoLayout {
    static final String ROOT = "luo-v1";
    static final String NUMBER = "liveupdate-number";

    static final String SESSION_NODE = "luo-session";
    static final String SESSION = "liveupdate-session-v1";
    static final String SESSION_HEADER = "luo-session-header";

    static final String FLB_NODE = "luo-flb";
    static final String FLB = "luo-flb-v1";
    static final String FLB_HEADER = "luo-flb-header";

    static final String OWN_FLB_NODE = "liveupdate-flb";
    static final String OWN_FLB = "liveupdate-flb-v1";
    static final String LISTS = "lists";
    static final String HOLDERS = "holders";
    static final String OWNERS = "owners";

    static final String TIMELINE_NODE = "liveupdate-timeline";
    static final String TIMELINE = "liveupdate-timeline-v1";
    static final String PREPARE_BEGAN = "prepare-began";
    static final String FREEZE_BEGAN = "freeze-began";
    static final String COMMITTED = "committed";
    static final String COMMITTED_WALL = "committed-wall";

    static final String COMPATIBLE = "compatible";

    private LuoLayout() {}
}
