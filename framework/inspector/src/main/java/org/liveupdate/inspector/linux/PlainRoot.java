package org.liveupdate.inspector.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.liveupdate.inspector.Fault;

/** A root without a device tree, {@code luo_ser}: a version string and three numbers. */
final class PlainRoot {
    /** The string and its padding are no longer in any version. */
    private static final int LONGEST = 48;
    private static final int NUMBERS_BYTES = 3 * Long.BYTES;

    private final PhysicalMemory memory;
    private final LinuxLuo luo;

    PlainRoot(PhysicalMemory memory, LinuxLuo luo) {
        this.memory = memory;
        this.luo = luo;
    }

    void read() throws LinuxFault {
        long root = memory.root();
        String compatible = Entries.name(memory.read(root, LONGEST, "luo_ser"), 0, LONGEST, root);
        if (!compatible.matches("luo-v[ -~]*")) {
            throw LinuxFault.corrupt(root, "a device tree, or a version string that starts with luo-v", "other bytes");
        }
        boolean known = LinuxLayouts.PLAIN_ROOTS.contains(compatible);
        luo.layout("luo_ser", compatible, known);
        if (!known) {
            throw new LinuxFault(new Fault("too new", root,
                    "one of " + String.join(", ", LinuxLayouts.PLAIN_ROOTS), compatible));
        }
        int length = compatible.getBytes(StandardCharsets.UTF_8).length + 1;
        long numbers = root + (length + Long.BYTES - 1 & -Long.BYTES);
        ByteBuffer fields = memory.read(numbers, NUMBERS_BYTES, "luo_ser");
        luo.number(fields.getLong(0));
        luo.sessionBlocks(fields.getLong(Long.BYTES));
        long flbs = fields.getLong(2 * Long.BYTES);
        if (flbs != 0) {
            luo.flbs(flbs);
        }
        luo.unknown("whether luo_ser is read right: its layout is documented, but no dump of it was at hand");
    }
}
