package org.liveupdate.kho.image;

import java.nio.ByteBuffer;

/** Reads and checks the block entries of {@link ScopeLayout}, one after the other. Not thread-safe. */
final class BlockEntries {

    private final BlockChainReader chain;
    private final long fileBytes;
    /** The flags that there are in this version of the layout. */
    private final int knownFlags;
    private long left;

    BlockEntries(BlockChainReader chain, long fileBytes, int version) {
        this.chain = chain;
        this.fileBytes = fileBytes;
        this.knownFlags = ScopeLayout.FLAG_SECRET | ScopeLayout.FLAG_SUMMED
                | (version == 1 ? 0 : ScopeLayout.FLAG_DEVICES);
        this.left = chain.count();
    }

    /** How many were not read yet. */
    long left() {
        return left;
    }

    /** The next {@code count} blocks; there are as many. */
    BlockTable read(int count) throws ImageException {
        BlockTable.Builder table = new BlockTable.Builder(count);
        for (int i = 0; i < count; i++) {
            int entry = chain.advance();
            add(entry, chain.block(), table);
        }
        left -= count;
        return table.build();
    }

    private void add(int entry, ByteBuffer page, BlockTable.Builder table) throws ImageException {
        int order = page.get(entry + ScopeLayout.ORDER_OFFSET);
        if (order < 0 || order > ScopeLayout.MAX_ORDER) {
            throw corrupt(ScopeLayout.ORDER_OFFSET, "an order of 0 to " + ScopeLayout.MAX_ORDER, order);
        }
        long bytes = (long) ImageLayout.PAGE_BYTES << order;
        long address = page.getLong(entry + ScopeLayout.ADDRESS_OFFSET);
        if (address < bytes || address % bytes != 0 || address > fileBytes - bytes) {
            throw corrupt(ScopeLayout.ADDRESS_OFFSET,
                    "a multiple of " + bytes + ", at least that and at most " + (fileBytes - bytes), address);
        }
        int flags = page.get(entry + ScopeLayout.FLAGS_OFFSET) & 0xff;
        boolean summed = (flags & ScopeLayout.FLAG_SUMMED) != 0;
        boolean devices = (flags & ScopeLayout.FLAG_DEVICES) != 0;
        if ((flags & ~knownFlags) != 0 || summed && devices) {
            throw corrupt(ScopeLayout.FLAGS_OFFSET, "flags of 0 to " + knownFlags + ", not summed if for devices",
                    flags);
        }
        short reserved = page.getShort(entry + ScopeLayout.RESERVED_OFFSET);
        if (reserved != 0) {
            throw corrupt(ScopeLayout.RESERVED_OFFSET, "0", reserved);
        }
        boolean secret = (flags & ScopeLayout.FLAG_SECRET) != 0;
        int checksum = page.getInt(entry + ScopeLayout.CHECKSUM_OFFSET);
        if (!summed && checksum != 0) {
            throw corrupt(ScopeLayout.CHECKSUM_OFFSET, "0 where there is no checksum", checksum);
        }
        if (summed) {
            table.addSummed(address, order, secret, checksum);
        } else if (devices) {
            table.addWrittenByDevices(address, order, secret);
        } else {
            table.add(address, order, secret);
        }
    }

    private ImageException corrupt(int field, String expected, long found) {
        return chain.corrupt(field, expected, Long.toUnsignedString(found));
    }
}
