package org.liveupdate.fuzz;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtReader;
import org.liveupdate.kho.fdt.FdtWriter;

/** Any bytes are a device tree, which is written and read again as the same tree, or a refusal. */
public final class DeviceTreeTarget {
    private DeviceTreeTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        FdtNode tree;
        try {
            tree = AllocationBound.check(AllocationBound.of(input.length), () -> FdtReader.read(input));
        } catch (FdtException e) {
            requireOffset(e, input.length);
            return;
        }
        try {
            byte[] written = FdtWriter.write(tree);
            requireSame(tree, FdtReader.read(written));
        } catch (FdtException e) {
            throw new AssertionError("what was read is written so that it cannot be read", e);
        }
    }

    private static void requireOffset(FdtException e, int length) {
        if (e.offset() < 0 || e.offset() > length) {
            throw new AssertionError("a refusal at offset " + e.offset() + " of " + length, e);
        }
    }

    private static void requireSame(FdtNode one, FdtNode other) throws FdtException {
        if (!one.name().equals(other.name())
                || !List.copyOf(one.propertyNames()).equals(List.copyOf(other.propertyNames()))
                || one.children().size() != other.children().size()) {
            throw new AssertionError("node \"" + one.name() + "\" came back as another");
        }
        for (String property : one.propertyNames()) {
            if (!Arrays.equals(one.bytes(property), other.bytes(property))) {
                throw new AssertionError("property \"" + property + "\" came back with other bytes");
            }
        }
        Iterator<FdtNode> others = other.children().iterator();
        for (FdtNode child : one.children()) {
            requireSame(child, others.next());
        }
    }
}
