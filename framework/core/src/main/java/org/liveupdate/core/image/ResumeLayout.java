package org.liveupdate.core.image;

/**
 * What goes on as outgoing, {@value #COMPATIBLE}: an optional node of the device tree, with the same pages and chains as
 * the side that was handed over.
 *
 * <pre>
 *   /liveupdate-resume    compatible "liveupdate-resume-v1"
 *      number                u64  live updates that led to whoever goes on, 0 or more
 *      luo-session-header    u64  head of the chain of session entries, 0 if there are none: {@link SessionLayout}
 *      luo-flb-header        u64  address of the FLB page: {@link FlbPageLayout}
 *      lists                 u64  head of the chain of FLB list entries, 0 if there are none: {@link FlbExtraLayout}
 *      holders               u64  head of the chain of FLB holder entries, 0 if there are none: the same
 * </pre>
 *
 * Lists count from 1 and FLBs from 0 in this node's own chains and page; owners are those of /liveupdate-flb.
 */
final class ResumeLayout {
    static final String NODE = "liveupdate-resume";
    static final String COMPATIBLE = "liveupdate-resume-v1";
    static final String NUMBER = "number";

    private ResumeLayout() {}
}
