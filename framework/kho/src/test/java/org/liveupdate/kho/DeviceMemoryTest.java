package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.KhoException.Reason;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.MemoryState;

/** Blocks that devices write to: they change after the image was made, and are good all the same. */
class DeviceMemoryTest {

    private static final MemoryOptions AT_ONCE = MemoryOptions.defaults();

    @TempDir
    Path directory;

    @Test
    void whatADeviceWritesAfterTheImageWasMadeIsNoCorruption() throws IOException {
        MemoryState state;
        long address;
        try (HandoverMemory memory = HandoverMemory.create(directory, AT_ONCE)) {
            Region region = memory.newScope("file", memory.pool("p")).allocPreserve(8192);
            address = region.address();
            region.writtenByDevices(true);
            memory.updateChecksums();
            memory.freeze();
            state = memory.state();
            write(memory.file(), address + 5000, 42);
        }
        assertTrue(table(state).isWrittenByDevices(0));
        assertFalse(table(state).isSummed(0));
        try (HandoverMemory next = HandoverMemory.attach(directory, state, AT_ONCE)) {
            assertEquals(42, next.scope(1).restore(address).getLong(5000));
            next.scope(1).requireIntact();
            assertEquals(state.scopes(), next.state().scopes(), "whoever inherits it inherits that, too");
        }
    }

    @Test
    void onceTheDevicesHaveGoneTheBlockIsSummedWithWhatTheyWrote() throws IOException {
        MemoryState state;
        long address;
        try (HandoverMemory memory = HandoverMemory.create(directory, AT_ONCE)) {
            Region region = memory.newScope("file", memory.pool("p")).allocPreserve(8192);
            address = region.address();
            memory.updateChecksums();
            region.writtenByDevices(true);
            write(memory.file(), address + 5000, 42);
            region.writtenByDevices(false);
            memory.updateChecksums();
            memory.freeze();
            state = memory.state();
            assertEquals(42, region.getLong(5000));
        }
        assertTrue(table(state).isSummed(0));
        assertFalse(table(state).isWrittenByDevices(0));
        try (HandoverMemory next = HandoverMemory.attach(directory, state, AT_ONCE)) {
            assertEquals(42, next.scope(1).restore(address).getLong(5000));
        }
        try (HandoverMemory next = HandoverMemory.attach(directory, state, AT_ONCE)) {
            write(next.file(), address + 5000, 43);
            assertReason(Reason.CORRUPT, () -> next.scope(1).restore(address));
        }
    }

    @Test
    void anInheritedBlockIsVerifiedBeforeDevicesGetIt() throws IOException {
        MemoryState state;
        long address;
        try (HandoverMemory memory = HandoverMemory.create(directory, AT_ONCE)) {
            address = memory.newScope("file", memory.pool("p")).allocPreserve(8192).address();
            memory.freeze();
            state = memory.state();
        }
        try (HandoverMemory next = HandoverMemory.attach(directory, state, AT_ONCE.withVerifiedAtOnceBytes(0))) {
            next.thaw();
            next.scope(1).restore(address).writtenByDevices(true);
            write(next.file(), address, 42);
            next.scope(1).requireIntact();
        }
        try (HandoverMemory next = HandoverMemory.attach(directory, state, AT_ONCE.withVerifiedAtOnceBytes(0))) {
            next.thaw();
            Region region = next.scope(1).region(address);
            assertReason(Reason.CORRUPT, () -> region.writtenByDevices(true));
            assertFalse(table(next.state()).isWrittenByDevices(0));
        }
    }

    @Test
    void whileFrozenNothingIsGivenToDevices() throws IOException {
        try (HandoverMemory memory = HandoverMemory.create(directory, AT_ONCE)) {
            Region region = memory.newScope("file", memory.pool("p")).allocPreserve(4096);
            memory.freeze();
            assertReason(Reason.FROZEN, () -> region.writtenByDevices(true));
            memory.thaw();
            memory.scope(1).unpreserveFree(region.address());
            assertReason(Reason.NOT_ALLOCATED, () -> region.writtenByDevices(true));
        }
    }

    private static BlockTable table(MemoryState state) {
        return state.scopes().get(0).table();
    }

    private static void assertReason(Reason reason, Runnable refused) {
        assertEquals(reason, assertThrows(KhoException.class, refused::run).reason());
    }

    /** As a device does: past the memory. */
    private static void write(Path file, long address, long value) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value), address);
        }
    }
}
