package org.liveupdate.inspector.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.liveupdate.inspector.Fault;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtReader;

/** A root that is a device tree: {@code luo-v1}. */
final class TreeRoot {
    private static final int MAGIC = 0xd00dfeed;
    /** The original's tree has one page. */
    private static final int MAX_BYTES = 16 * PhysicalMemory.PAGE_BYTES;
    private static final String SESSION_NODE = "luo-session";
    private static final String FLB_NODE = "luo-flb";

    private final PhysicalMemory memory;
    private final LinuxLuo luo;

    TreeRoot(PhysicalMemory memory, LinuxLuo luo) {
        this.memory = memory;
        this.luo = luo;
    }

    static boolean isTree(ByteBuffer start) {
        return start.order(ByteOrder.BIG_ENDIAN).getInt(0) == MAGIC;
    }

    void read() throws LinuxFault {
        FdtNode root = tree();
        String compatible = compatible(root);
        luo.layout("/", compatible, compatible.equals(LinuxLayouts.ROOT));
        luo.part(() -> luo.number(u64(root, "liveupdate-number")));
        for (FdtNode node : root.children()) {
            luo.part(() -> node(node));
        }
        for (String name : List.of(SESSION_NODE, FLB_NODE)) {
            luo.part(() -> require(root, name));
        }
    }

    private static void require(FdtNode root, String name) throws LinuxFault {
        if (root.child(name).isEmpty()) {
            throw LinuxFault.corrupt(-1, "a node " + name, "none");
        }
    }

    private void node(FdtNode node) throws LinuxFault {
        String compatible = compatible(node);
        if (node.name().equals(SESSION_NODE) && LinuxLayouts.SESSIONS.containsKey(compatible)) {
            luo.layout('/' + node.name(), compatible, true);
            luo.sessionArray(u64(node, "luo-session-header"), LinuxLayouts.SESSIONS.get(compatible));
        } else if (node.name().equals(FLB_NODE) && compatible.equals(LinuxLayouts.FLB)) {
            luo.layout('/' + node.name(), compatible, true);
            luo.flbs(u64(node, "luo-flb-header"));
        } else {
            luo.layout('/' + node.name(), compatible, false);
        }
    }

    private FdtNode tree() throws LinuxFault {
        long root = memory.root();
        try {
            return FdtReader.read(memory.read(root, memory.available(root, MAX_BYTES), "the device tree"));
        } catch (FdtException e) {
            throw fault(e);
        }
    }

    private String compatible(FdtNode node) throws LinuxFault {
        try {
            return node.string("compatible");
        } catch (FdtException e) {
            throw fault(e);
        }
    }

    private long u64(FdtNode node, String property) throws LinuxFault {
        try {
            return node.u64(property);
        } catch (FdtException e) {
            throw fault(e);
        }
    }

    private LinuxFault fault(FdtException e) {
        return new LinuxFault(new Fault(e.isTooNew() ? "too new" : "corrupt",
                e.offset() < 0 ? -1 : memory.root() + e.offset(), e.expected(), e.found()));
    }
}
