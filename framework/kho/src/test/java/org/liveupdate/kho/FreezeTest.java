package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.kho.Refusals.assertRefused;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.KhoException.Reason;

@Timeout(30)
class FreezeTest {

    @TempDir
    Path directory;
    private HandoverMemory memory;
    private Pool pool;

    @BeforeEach
    void create() throws IOException {
        memory = HandoverMemory.create(directory, MemoryOptions.defaults());
        pool = memory.pool("test");
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    @Test
    void frozenMemoryIsReadAndNotWritten() {
        Region region = pool.allocate(4096);
        region.putInt(0, 3);
        memory.freeze();
        assertEquals(3, region.getInt(0));
        assertEquals(3, pool.region(region.address()).readOnly(0, 4).getInt(0));
        assertRefused(Reason.FROZEN, () -> region.putInt(0, 4));
        assertRefused(Reason.FROZEN, () -> region.write(0, new byte[0], 0, 0));
        assertRefused(Reason.FROZEN, () -> region.fill(0, 4096, (byte) 0));
        assertRefused(Reason.FROZEN, () -> pool.free(region.address()));
        memory.thaw();
        region.putInt(0, 4);
        memory.fence();
        assertEquals(4, region.getInt(0));
        KhoException refusal = assertRefused(Reason.FENCED, () -> region.putInt(0, 5));
        assertTrue(refusal.getMessage().contains(memory.file().toString()), refusal.getMessage());
        assertRefused(Reason.FENCED, () -> pool.allocate(1));
        assertRefused(Reason.FENCED, memory::delete);
        assertEquals(4, region.getInt(0));
    }

    @Test
    void writersOfAllKindsStopWhenAFreezeReturns() throws Exception {
        Region small = pool.allocate(4096);
        Region large = pool.allocate(2 << 20);
        AtomicBoolean stop = new AtomicBoolean();
        byte[] data = new byte[2 << 20];
        CompletableFuture<Void> words = writer(stop, round -> small.putLong(round % 512 * 8, round));
        CompletableFuture<Void> bulk = writer(stop, round -> {
            Arrays.fill(data, (byte) round);
            large.write(0, data, 0, data.length);
        });
        Region[] kept = new Region[1];
        CompletableFuture<Void> blocks = writer(stop, round -> {
            if (kept[0] == null) {
                kept[0] = pool.allocate(4096L << round % 4);
            }
            pool.free(kept[0].address());
            kept[0] = null;
        });
        for (int round = 0; round < 30; round++) {
            memory.freeze();
            long before = digest(small) + 31 * digest(large);
            long state = memory.statistics().usedPages();
            Thread.yield();
            assertEquals(before, digest(small) + 31 * digest(large));
            assertEquals(state, memory.statistics().usedPages());
            memory.thaw();
        }
        stop.set(true);
        words.get();
        bulk.get();
        blocks.get();
        if (kept[0] != null) {
            pool.free(kept[0].address());
        }
        assertEquals(513, memory.statistics().usedPages(), "an allocation that a freeze refuses leaves nothing");
    }

    @Test
    void aBlockIsNotGivenToAnotherWhileSomebodyStillWritesToIt() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        Region[] shared = {pool.allocate(1 << 20)};
        CompletableFuture<Void> writer = Background.run(() -> {
            byte[] ones = new byte[1 << 20];
            Arrays.fill(ones, (byte) 1);
            while (!stop.get()) {
                try {
                    shared[0].write(0, ones, 0, ones.length);
                } catch (KhoException e) {
                    assertEquals(Reason.NOT_ALLOCATED, e.reason());
                    Thread.onSpinWait();
                }
            }
        });
        Pool other = memory.pool("other");
        for (int round = 0; round < 80; round++) {
            Region mine = shared[0];
            pool.free(mine.address());
            Region theirs = other.allocate(1 << 20);
            assertEquals(mine.address(), theirs.address());
            byte[] found = new byte[1 << 20];
            theirs.read(0, found, 0, found.length);
            for (byte value : found) {
                assertEquals(0, value);
            }
            other.free(theirs.address());
            shared[0] = pool.allocate(1 << 20);
        }
        stop.set(true);
        writer.get();
    }

    private interface Write {
        void run(long round);
    }

    private static CompletableFuture<Void> writer(AtomicBoolean stop, Write write) {
        return Background.run(() -> {
            for (long round = 0; !stop.get(); round++) {
                try {
                    write.run(round);
                } catch (KhoException e) {
                    assertEquals(Reason.FROZEN, e.reason(), e::getMessage);
                }
            }
        });
    }

    private static long digest(Region region) {
        CRC32C crc = new CRC32C();
        ByteBuffer copy = ByteBuffer.allocate((int) region.size());
        region.read(0, copy);
        crc.update(copy.flip());
        return crc.getValue();
    }
}
