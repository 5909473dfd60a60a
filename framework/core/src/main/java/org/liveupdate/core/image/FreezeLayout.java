package org.liveupdate.core.image;

/**
 * Who took how long to freeze, {@value #COMPATIBLE}: an optional node of the device tree, which nobody has to read.
 *
 * <pre>
 *   /liveupdate-freeze    compatible "liveupdate-freeze-v1"
 *      times                 u64  head of the chain of entries
 *
 *   entry, 360 bytes: one for each provider, in order of the first call
 *      0  u64  kind: 0 for an FLB, 1 for a file handler
 *      8  u64  calls                      16  u64  calls that failed
 *     24  u64  began: the first call      32  u64  ended: the last call, nanoseconds of the monotonic clock
 *     40  u64  all calls together         48  u64  the longest call, nanoseconds
 *     56  char compatible[48]
 *    104  char module[256]: the bundle that was called last, empty if its name does not fit
 * </pre>
 */
final class FreezeLayout {
    static final String NODE = "liveupdate-freeze";
    static final String COMPATIBLE = "liveupdate-freeze-v1";
    static final String TIMES = "times";

    static final int KIND = 0;
    static final int CALLS = 8;
    static final int FAILED = 16;
    static final int BEGAN = 24;
    static final int ENDED = 32;
    static final int TOTAL = 40;
    static final int LONGEST = 48;
    static final int NAME = 56;
    static final int NAME_BYTES = 48;
    static final int MODULE = 104;
    static final int MODULE_BYTES = 256;
    static final int BYTES = 360;

    private FreezeLayout() {}
}
