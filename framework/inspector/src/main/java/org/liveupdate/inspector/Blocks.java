package org.liveupdate.inspector;

import java.util.stream.IntStream;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.MemoryState;

/** What can be said about preserved blocks; sizes in bytes. */
final class Blocks {
    static final int PAGE_BYTES = 4096;

    private Blocks() {}

    static long bytes(BlockTable table, int index) {
        return (long) PAGE_BYTES << table.order(index);
    }

    static long bytes(BlockTable table) {
        return IntStream.range(0, table.size()).mapToLong(index -> bytes(table, index)).sum();
    }

    static long summed(BlockTable table) {
        return IntStream.range(0, table.size()).filter(table::isSummed).count();
    }

    static long secret(BlockTable table) {
        return IntStream.range(0, table.size()).filter(table::isSecret).count();
    }

    static long writtenByDevices(BlockTable table) {
        return IntStream.range(0, table.size()).filter(table::isWrittenByDevices).count();
    }

    /** In all scopes. */
    static long bytes(MemoryState memory) {
        return memory.scopes().stream().mapToLong(scope -> bytes(scope.table())).sum();
    }

    /** In all scopes. */
    static long count(MemoryState memory) {
        return memory.scopes().stream().mapToLong(scope -> scope.table().size()).sum();
    }

    /** What is known about the contents of a block, for people. */
    static String contents(BlockTable table, int index) {
        if (table.isWrittenByDevices(index)) {
            return "written by devices, not checked";
        }
        return table.isSummed(index) ? "checksum " + checksum(table, index) : "no checksum";
    }

    /** The stored checksum for people and programs; null if there is none. */
    static String checksum(BlockTable table, int index) {
        return table.isSummed(index) ? String.format("%08x", table.checksum(index)) : null;
    }
}
