package org.liveupdate.kho;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32C;

/**
 * The checksums of the pages of one segment, and which of them hold.
 *
 * <pre>
 *   state    guarded  due   the page's checksum                              before a write
 *   WRITTEN     0      0    is not of its contents                           nothing
 *   DUE         1      1    has to be taken before the page is written       take it, then WRITTEN
 *   SUMMED      1      0    is of its contents                               WRITTEN
 * </pre>
 *
 * <p>A page that is WRITTEN keeps the checksum that was taken before: of a block that was inherited, that is the one to
 * verify. Writers look at one bit before they write, inside the gate. Safe for use by several threads.
 */
final class SegmentSums {

    private static final int PAGES = 1 << Pages.MAX_ORDER;
    private static final int WORD_PAGES = Long.SIZE;
    /** Pages whose checksums are fed into that of a block at once. */
    private static final int BATCH = 4096;

    private final MemoryFile file;
    /** Address of the first page. */
    private final long base;
    private final AtomicLongArray guarded = new AtomicLongArray(PAGES / WORD_PAGES);
    private final AtomicLongArray due = new AtomicLongArray(PAGES / WORD_PAGES);
    /** These three are guarded by this. */
    private final PageChecksum checksum = new PageChecksum();
    private final CRC32C block = new CRC32C();
    private final ByteBuffer batch = ByteBuffer.allocate(BATCH * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    /** Null until one is taken. Guarded by this. */
    private int[] sums;

    SegmentSums(MemoryFile file, long base) {
        this.file = file;
        this.base = base;
    }

    /** Bytes are about to be written; inside the gate. */
    void writing(int offset, int length) {
        int last = offset + length - 1 >>> Pages.PAGE_SHIFT;
        for (int page = offset >>> Pages.PAGE_SHIFT; page <= last; page++) {
            if ((guarded.get(page / WORD_PAGES) & 1L << page) != 0) {
                release(page / WORD_PAGES, 1L << page);
            }
        }
    }

    /** All pages of a block are WRITTEN: it is nobody's any more. */
    void forget(int page, int pages) {
        forEachWord(page, pages, (word, mask) -> {
            if ((guarded.get(word) & mask) != 0) {
                clear(due, word, mask);
                clear(guarded, word, mask);
            }
        });
    }

    /**
     * Makes what is WRITTEN of a block DUE. The checksums may be taken, by {@link #take}, once the writers in flight
     * have left the gate.
     *
     * @return whether there was any such page
     */
    boolean demand(int page, int pages) {
        long[] found = new long[1];
        forEachWord(page, pages, (word, mask) -> {
            long written = mask & ~guarded.get(word);
            if (written != 0) {
                // in this order: who sees the guard must find out what it is for
                set(due, word, written);
                set(guarded, word, written);
                found[0] = written;
            }
        });
        return found[0] != 0;
    }

    /** Whether a block has pages that are WRITTEN. */
    boolean hasWritten(int page, int pages) {
        long[] found = new long[1];
        forEachWord(page, pages, (word, mask) -> found[0] |= mask & ~guarded.get(word));
        return found[0] != 0;
    }

    /** Takes the checksums of a block's pages that are DUE. */
    void take(int page, int pages) {
        forEachWord(page, pages, (word, mask) -> {
            if ((due.get(word) & mask) != 0) {
                take(word, mask);
            }
        });
    }

    /** Takes the checksums of a block's pages that are WRITTEN; they stay so, because they may be written meanwhile. */
    synchronized void takeWritten(int page, int pages) {
        forEachWord(page, pages, (word, mask) -> sum(word, mask & ~guarded.get(word)));
    }

    /** The checksum of a block: of the checksums of its pages, in order, little-endian. */
    synchronized int ofBlock(int page, int pages) {
        block.reset();
        for (int done = 0; done < pages; done += BATCH) {
            int count = Math.min(BATCH, pages - done);
            batch.asIntBuffer().put(sums, page + done, count);
            block.update(batch.array(), 0, count * Integer.BYTES);
        }
        return (int) block.getValue();
    }

    private void release(int word, long mask) {
        if ((due.get(word) & mask) != 0) {
            take(word, mask);
        }
        clear(guarded, word, mask);
    }

    /** In the lock: whoever comes second must not sum what the first one has gone on to write. */
    private synchronized void take(int word, long mask) {
        long taken = due.get(word) & mask;
        sum(word, taken);
        clear(due, word, taken);
    }

    /** With the lock held. */
    private void sum(int word, long pages) {
        if (sums == null) {
            sums = new int[PAGES];
        }
        ByteBuffer segment = file.segment(base);
        for (long rest = pages; rest != 0; rest &= rest - 1) {
            int page = word * WORD_PAGES + Long.numberOfTrailingZeros(rest);
            sums[page] = checksum.of(segment, page << Pages.PAGE_SHIFT);
        }
    }

    private interface WordAction {
        void on(int word, long mask);
    }

    private static void forEachWord(int page, int pages, WordAction action) {
        if (pages < WORD_PAGES) {
            // aligned to its size, so within one word
            action.on(page / WORD_PAGES, (1L << pages) - 1 << page);
            return;
        }
        for (int word = page / WORD_PAGES; word < (page + pages) / WORD_PAGES; word++) {
            action.on(word, -1);
        }
    }

    private static void set(AtomicLongArray bits, int word, long mask) {
        bits.getAndAccumulate(word, mask, (before, added) -> before | added);
    }

    private static void clear(AtomicLongArray bits, int word, long mask) {
        bits.getAndAccumulate(word, mask, (before, removed) -> before & ~removed);
    }
}
