package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.KhoException.Reason;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;

/** The checksums of preserved blocks: that they are right whenever an image is made, and what is not is found. */
@Timeout(120)
class ChecksumTest {

    private static final MemoryOptions AT_ONCE = MemoryOptions.defaults();
    private static final MemoryOptions LATER = AT_ONCE.withVerifiedAtOnceBytes(0);

    @TempDir
    Path directory;

    @Test
    void anImageHasTheChecksumOfEachBlock() throws IOException {
        try (HandoverMemory memory = HandoverMemory.create(directory, AT_ONCE)) {
            Region region = someBlock(memory, 300 * 4096);
            memory.freeze();
            assertChecksum(region, memory.state());
        }
    }

    @Test
    void whatIsWrittenAfterAChecksumWasTakenIsSummedAgain() throws IOException {
        try (HandoverMemory memory = HandoverMemory.create(directory, AT_ONCE)) {
            Region region = someBlock(memory, 300 * 4096);
            memory.updateChecksums();
            Random random = new Random(7);
            for (int round = 0; round < 50; round++) {
                writeSomewhere(region, random);
                if (round % 3 == 0) {
                    memory.updateChecksums();
                }
                memory.freeze();
                assertChecksum(region, memory.state());
                memory.thaw();
            }
        }
    }

    @Test
    void writersMayGoOnWhileChecksumsAreTaken() throws Exception {
        try (HandoverMemory memory = HandoverMemory.create(directory, AT_ONCE)) {
            Region region = someBlock(memory, 64 * 4096);
            for (int round = 0; round < 200; round++) {
                Thread writer = new Thread(() -> {
                    Random random = new Random();
                    try {
                        while (true) {
                            writeSomewhere(region, random);
                        }
                    } catch (KhoException e) {
                        assertEquals(Reason.FROZEN, e.reason());
                    }
                });
                writer.start();
                memory.updateChecksums();
                memory.updateChecksums();
                memory.freeze();
                writer.join();
                assertChecksum(region, memory.state());
                memory.thaw();
            }
        }
    }

    @Test
    void pagesThatAreUsedAgainGetChecksumsOfTheirOwn() throws IOException {
        try (HandoverMemory memory = HandoverMemory.create(directory, AT_ONCE)) {
            Region old = someBlock(memory, 4096);
            memory.updateChecksums();
            memory.scope(1).unpreserveFree(old.address());
            Region region = memory.scope(1).allocPreserve(4096);
            assertEquals(old.address(), region.address());
            memory.freeze();
            assertChecksum(region, memory.state());
        }
    }

    @Test
    void everyChangedByteOfABlockIsFoundWhenItIsRestored() throws IOException {
        Handed handed = hand(8 * 4096);
        for (long offset : new long[]{0, 1, 4095, 4096, 20000, 8 * 4096 - 1}) {
            flip(handed, offset);
            try (HandoverMemory next = handed.attach(AT_ONCE)) {
                KhoException e = assertThrows(KhoException.class, () -> next.scope(1).restore(handed.address));
                assertEquals(Reason.CORRUPT, e.reason());
                int expected = handed.state.scopes().get(0).table().checksum(0);
                assertTrue(e.getMessage().contains("0x" + Long.toHexString(handed.address) + " of owner 1 is corrupt")
                        && e.getMessage().contains("expected checksum " + Integer.toHexString(expected) + ", found "),
                        e::getMessage);
                assertEquals(List.of(false), next.scope(1).blocks().stream().map(Block::restored).toList());
                assertEquals(Reason.CORRUPT,
                        assertThrows(KhoException.class, () -> next.scope(1).restore(handed.address)).reason());
            }
            flip(handed, offset);
        }
        try (HandoverMemory next = handed.attach(AT_ONCE)) {
            next.scope(1).restore(handed.address);
            next.scope(1).requireIntact();
        }
    }

    @Test
    void aBlockThatIsVerifiedLaterCanBeWrittenMeanwhile() throws IOException {
        Handed handed = hand(8 << 20);
        try (HandoverMemory next = handed.attach(LATER)) {
            Region region = next.scope(1).restore(handed.address);
            Random random = new Random(3);
            for (int i = 0; i < 2000; i++) {
                writeSomewhere(region, random);
            }
            next.scope(1).requireIntact();
            next.freeze();
            assertChecksum(region, next.state());
        }
    }

    @Test
    void aBlockThatIsVerifiedLaterIsRefusedInTheEnd() throws IOException {
        Handed handed = hand(8 << 20);
        flip(handed, 5 << 20);
        try (HandoverMemory next = handed.attach(LATER)) {
            Region region = next.scope(1).restore(handed.address);
            region.putLong(0, 1);
            region.putLong(5 << 20, 1);
            for (int i = 0; i < 2; i++) {
                assertEquals(Reason.CORRUPT,
                        assertThrows(KhoException.class, () -> next.scope(1).requireIntact()).reason());
            }
            next.freeze();
            assertEquals(handed.state.scopes(), next.state().scopes(), "the next generation finds it, too");
        }
    }

    @Test
    void whatIsHandedOnUntouchedKeepsItsChecksumUnread() throws IOException {
        Handed handed = hand(4096);
        flip(handed, 0);
        try (HandoverMemory next = handed.attach(AT_ONCE)) {
            next.freeze();
            assertEquals(handed.state.scopes(), next.state().scopes());
        }
    }

    @Test
    void whatWasWrittenBeforeItWasVerifiedIsVerifiedBeforeItHasANewChecksum() throws IOException {
        Handed handed = hand(64 * 4096);
        flip(handed, 100_000);
        try (HandoverMemory next = handed.attach(LATER)) {
            next.scope(1).region(handed.address).putLong(0, 77);
            next.freeze();
            assertEquals(handed.state.scopes(), next.state().scopes(), "corrupt, so the old checksum");
        }
        flip(handed, 100_000);
    }

    @Test
    void aBlockWithoutAChecksumIsRestored() throws IOException {
        Handed handed = hand(4096);
        BlockTable.Builder table = new BlockTable.Builder(1);
        table.add(handed.address, 0, false);
        MemoryState state = new MemoryState(handed.state.fileName(), handed.state.fileBytes(), 2,
                List.of(new ScopeState(1, "owner 1", table.build())));
        assertFalse(state.scopes().get(0).table().isSummed(0));
        try (HandoverMemory next = HandoverMemory.attach(directory, state, AT_ONCE)) {
            Region region = next.scope(1).restore(handed.address);
            next.scope(1).requireIntact();
            assertChecksum(region, next.state());
        }
    }

    @Test
    void onlyTheFirstMegabytesOfAScopeAreVerifiedWhileSomebodyWaits() throws IOException {
        List<Long> addresses = new ArrayList<>();
        MemoryState state;
        try (HandoverMemory memory = HandoverMemory.create(directory, AT_ONCE)) {
            ScopeControl scope = memory.newScope("owner 1", memory.pool("p"));
            for (int i = 0; i < 6; i++) {
                addresses.add(scope.allocPreserve(1 << 20).address());
            }
            memory.freeze();
            state = memory.state();
        }
        for (long address : addresses) {
            flip(state, address);
        }
        try (HandoverMemory next = HandoverMemory.attach(directory, state, AT_ONCE)) {
            int refused = 0;
            for (long address : addresses) {
                try {
                    next.scope(1).restore(address);
                } catch (KhoException e) {
                    assertEquals(Reason.CORRUPT, e.reason());
                    refused++;
                }
            }
            assertEquals(4, refused, "four blocks of 1 MiB");
            assertThrows(KhoException.class, () -> next.scope(1).requireIntact());
        }
    }

    private record Handed(Path directory, MemoryState state, long address) {
        HandoverMemory attach(MemoryOptions options) throws IOException {
            HandoverMemory next = HandoverMemory.attach(directory, state, options);
            next.thaw();
            return next;
        }
    }

    private Handed hand(int bytes) throws IOException {
        try (HandoverMemory memory = HandoverMemory.create(directory, AT_ONCE)) {
            Region region = someBlock(memory, bytes);
            memory.freeze();
            return new Handed(directory, memory.state(), region.address());
        }
    }

    private static Region someBlock(HandoverMemory memory, int bytes) {
        Region region = memory.newScope("owner 1", memory.pool("p")).allocPreserve(bytes);
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        region.write(0, content, 0, bytes);
        return region;
    }

    private static void writeSomewhere(Region region, Random random) {
        long offset = random.nextInt((int) region.size() - 9000);
        switch (random.nextInt(6)) {
            case 0 -> region.putByte(offset, (byte) random.nextInt());
            case 1 -> region.putShort(offset, (short) random.nextInt());
            case 2 -> region.putInt(offset, random.nextInt());
            case 3 -> region.putLong(offset, random.nextLong());
            case 4 -> region.fill(offset, random.nextInt(9000), (byte) random.nextInt());
            default -> region.slice(offset, 100).putLong(92, random.nextLong());
        }
    }

    private static void assertChecksum(Region region, MemoryState state) {
        BlockTable table = state.scopes().get(0).table();
        assertTrue(table.isSummed(0));
        CRC32C ofPages = new CRC32C();
        byte[] page = new byte[4096];
        for (long offset = 0; offset < region.size(); offset += page.length) {
            region.read(offset, page, 0, page.length);
            CRC32C ofPage = new CRC32C();
            ofPage.update(page);
            ofPages.update(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN)
                    .putInt((int) ofPage.getValue()).flip());
        }
        assertEquals((int) ofPages.getValue(), table.checksum(0));
    }

    private void flip(Handed handed, long offset) throws IOException {
        flip(handed.state, handed.address + offset);
    }

    /** Changes a bit of the memory file behind everybody's back. */
    private void flip(MemoryState state, long address) throws IOException {
        try (FileChannel file = FileChannel.open(directory.resolve(state.fileName()), StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            file.read(one, address);
            byte before = one.get(0);
            one.put(0, (byte) (before ^ 4)).flip();
            file.write(one, address);
            assertNotEquals(before, one.get(0));
        }
    }
}
