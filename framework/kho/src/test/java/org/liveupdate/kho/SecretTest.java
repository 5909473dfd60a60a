package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.image.HandoverDirectory;
import org.liveupdate.kho.image.MemoryState;

/** Blocks with secrets: what stands in the memory file after they were freed, read from the file itself. */
class SecretTest {

    private static final byte[] PASSWORD = "correct horse battery staple".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void anOrdinaryBlockLeavesItsContentsBehind() throws IOException {
        try (HandoverMemory memory = create()) {
            Pool pool = memory.pool("p");
            pool.free(fill(pool.allocate(4096)).address());
            assertTrue(hasPassword(memory.file()), "or this test could not see anything");
        }
    }

    @Test
    void aSecretBlockOfAPoolIsZeroedWhenItIsFreed() throws IOException {
        try (HandoverMemory memory = create()) {
            Pool pool = memory.pool("p");
            long address = fill(pool.allocate(200_000, Secrecy.SECRET)).address();
            assertTrue(hasPassword(memory.file()));
            pool.free(address);
            assertErased(memory);
            fill(pool.allocate(4096, Secrecy.SECRET));
            memory.discard(pool);
            assertErased(memory);
        }
    }

    @Test
    void aSecretBlockOfAScopeIsZeroedHoweverItEnds() throws IOException {
        try (HandoverMemory memory = create()) {
            ScopeControl scope = memory.newScope("s", memory.pool("p"));
            scope.unpreserveFree(secret(scope));
            assertErased(memory);

            long address = fill(scope.begin(true).allocPreserve(4096, Secrecy.SECRET)).address();
            assertTrue(scope.blocks().get(0).secret());
            scope.rollback();
            assertErased(memory);

            address = secret(scope);
            scope.begin(true).unpreserveFree(address);
            assertTrue(hasPassword(memory.file()), "may still be brought back");
            scope.commit();
            assertErased(memory);

            address = secret(scope);
            scope.unpreserve(address);
            memory.pool("p").free(address);
            assertErased(memory);

            secret(scope);
            scope.discard();
            assertErased(memory);
        }
    }

    @Test
    void aSecretIsStillOneAfterAHandover() throws IOException {
        MemoryState state;
        long address;
        try (HandoverMemory memory = create()) {
            address = secret(memory.newScope("s", memory.pool("p")));
            memory.freeze();
            state = memory.state();
        }
        try (HandoverMemory next = HandoverMemory.attach(directory, state, MemoryOptions.defaults())) {
            next.thaw();
            assertEquals(PASSWORD[0], next.scope(1).restore(address).getByte(0));
            next.scope(1).restoreFree(address);
            assertErased(next);
        }
    }

    @Test
    void whatCannotBeZeroedWhileFrozenIsZeroedWhenThawed() throws IOException {
        try (HandoverMemory memory = create()) {
            Pool pool = memory.pool("p");
            Ledger ledger = memory.ledger();
            Extent extent;
            synchronized (ledger.lock) {
                extent = ledger.find(fill(pool.allocate(4096, Secrecy.SECRET)).address(), ((OwnerPool) pool).blocks);
            }
            ledger.change(() -> {
                ledger.remove(extent);
            });
            memory.freeze();
            ledger.release(List.of(extent));
            assertTrue(hasPassword(memory.file()));
            assertEquals(1, memory.state().erase().size());
            memory.thaw();
            assertErased(memory);
        }
    }

    @Test
    void secretsThatAreNotHandedOverAreZeroedByTheSuccessor() throws IOException {
        MemoryState state;
        try (HandoverMemory memory = create()) {
            fill(memory.pool("p").allocate(4096, Secrecy.SECRET));
            secret(memory.newScope("nobody refers to it", memory.pool("p")));
            memory.freeze();
            state = memory.state().withScopes(Set.of());
        }
        assertEquals(2, state.erase().size());
        try (HandoverMemory next = HandoverMemory.attach(directory, state, MemoryOptions.defaults())) {
            assertTrue(hasPassword(next.file()), "nothing is written before it is decided");
            next.thaw();
            assertErased(next);
        }
    }

    @Test
    void deletingAMemoryOverwritesItFirst() throws IOException {
        HandoverMemory memory = create();
        fill(memory.pool("p").allocate(4096, Secrecy.SECRET));
        Path other = Files.createLink(directory.resolve("other-name"), memory.file());
        memory.delete();
        assertFalse(hasPassword(other));
    }

    @Test
    void aCleanStartOverwritesWhatACrashLeft() throws IOException {
        HandoverDirectory handover = HandoverDirectory.open(directory);
        Path file;
        try (HandoverMemory memory = create()) {
            file = memory.file();
            secret(memory.newScope("s", memory.pool("p")));
        }
        try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ)) {
            handover.reclaim();
            assertFalse(Files.exists(file));
            assertFalse(hasPassword(open));
        }
    }

    private HandoverMemory create() throws IOException {
        return HandoverMemory.create(directory, MemoryOptions.defaults());
    }

    private static long secret(Scope scope) {
        return fill(scope.allocPreserve(4096, Secrecy.SECRET)).address();
    }

    private static Region fill(Region region) {
        region.write(0, PASSWORD, 0, PASSWORD.length);
        region.write(region.size() - PASSWORD.length, PASSWORD, 0, PASSWORD.length);
        return region;
    }

    private static void assertErased(HandoverMemory memory) throws IOException {
        assertFalse(hasPassword(memory.file()));
        assertEquals(0, memory.statistics().usedPages());
    }

    private static boolean hasPassword(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return hasPassword(channel);
        }
    }

    /** In the first MiB, where all blocks of these tests are. */
    private static boolean hasPassword(FileChannel file) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(1 << 20);
        file.read(start, 0);
        return new String(start.array(), StandardCharsets.ISO_8859_1)
                .contains(new String(PASSWORD, StandardCharsets.ISO_8859_1));
    }
}
