package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.BlockChainReader;
import org.liveupdate.kho.image.BlockChainWriter;
import org.liveupdate.kho.image.FixedString;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageWriter;

/** Writes and reads who took how long to freeze. */
final class FreezeList {
    private static final long HANDLER = 1;

    private FreezeList() {}

    /** The node that says it. */
    static FdtNode write(ImageWriter writer, List<FreezeTime> times) {
        BlockChainWriter chain = new BlockChainWriter(writer, FreezeLayout.BYTES);
        for (FreezeTime time : times) {
            ByteBuffer entry = chain.append();
            entry.putLong(FreezeLayout.KIND, time.handler() ? HANDLER : 0).putLong(FreezeLayout.CALLS, time.calls())
                    .putLong(FreezeLayout.FAILED, time.failed()).putLong(FreezeLayout.BEGAN, time.began())
                    .putLong(FreezeLayout.ENDED, time.ended()).putLong(FreezeLayout.TOTAL, time.total())
                    .putLong(FreezeLayout.LONGEST, time.longest());
            FixedString.put(entry, FreezeLayout.NAME, FreezeLayout.NAME_BYTES, time.compatible());
            if (FixedString.fits(time.module(), FreezeLayout.MODULE_BYTES)) {
                FixedString.put(entry, FreezeLayout.MODULE, FreezeLayout.MODULE_BYTES, time.module());
            }
        }
        return FdtNode.named(FreezeLayout.NODE).setString(LuoLayout.COMPATIBLE, FreezeLayout.COMPATIBLE)
                .setU64(FreezeLayout.TIMES, chain.head());
    }

    /** What the node says. */
    static List<FreezeTime> read(NodeReader nodes, FdtNode node) throws ImageException {
        Formats.FREEZE.require(nodes.image(), node);
        BlockChainReader chain = nodes.chain(node, FreezeLayout.TIMES, FreezeLayout.BYTES);
        List<FreezeTime> times = new ArrayList<>();
        for (ByteBuffer entry = chain.next(); entry != null; entry = chain.next()) {
            long kind = entry.getLong(FreezeLayout.KIND);
            if (kind < 0 || kind > HANDLER) {
                throw chain.corrupt(FreezeLayout.KIND, "kind 0 or 1", Long.toUnsignedString(kind));
            }
            times.add(new FreezeTime(kind == HANDLER,
                    chain.string(entry, FreezeLayout.NAME, FreezeLayout.NAME_BYTES),
                    chain.string(entry, FreezeLayout.MODULE, FreezeLayout.MODULE_BYTES),
                    entry.getLong(FreezeLayout.CALLS), entry.getLong(FreezeLayout.FAILED),
                    entry.getLong(FreezeLayout.BEGAN), entry.getLong(FreezeLayout.ENDED),
                    entry.getLong(FreezeLayout.TOTAL), entry.getLong(FreezeLayout.LONGEST)));
        }
        return List.copyOf(times);
    }
}
