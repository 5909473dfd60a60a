package org.liveupdate.kho;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Overwrites the blocks of {@link Secrecy#SECRET} that were freed, and only then gives their pages back. While writing
 * is refused they wait, and an image says so. Safe for use by several threads.
 */
final class Erasure {

    private static final int PIECE_BYTES = 64 << 10;

    private final Ledger ledger;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_BYTES);
    /** Blocks that were freed and not overwritten yet. Guarded by the ledger's lock. */
    final BlockList blocks = new BlockList("freed, to be erased");

    Erasure(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Erases those of {@code freed} that wait for it, if writing is not refused; nobody can be writing to them. */
    synchronized void erase(List<Extent> freed) {
        for (Extent extent : freed) {
            if (isWaiting(extent) && zero(extent)) {
                synchronized (ledger.lock) {
                    ledger.retire(extent);
                }
            }
        }
    }

    /** Erases all that wait for it. */
    void eraseAll() {
        List<Extent> waiting = new ArrayList<>();
        synchronized (ledger.lock) {
            blocks.forEach(waiting::add);
        }
        if (!waiting.isEmpty()) {
            ledger.file().gate().awaitWriters();
            erase(waiting);
        }
    }

    private boolean isWaiting(Extent extent) {
        synchronized (ledger.lock) {
            return extent.list == blocks;
        }
    }

    /** False if writing is refused. */
    private boolean zero(Extent extent) {
        WriteGate gate = ledger.file().gate();
        ByteBuffer segment = ledger.file().segment(extent.address());
        long bytes = Pages.bytes(extent.order);
        for (long done = 0; done < bytes; done += PIECE_BYTES) {
            int counter = gate.tryEnter();
            if (counter < 0) {
                return false;
            }
            try {
                segment.put(MemoryFile.offset(extent.address() + done), zeros, 0,
                        (int) Math.min(PIECE_BYTES, bytes - done));
            } finally {
                gate.leave(counter);
            }
        }
        return true;
    }
}
