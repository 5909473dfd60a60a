package org.liveupdate.providers.api.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Seal;

@Timeout(20)
class CustodyTest {

    /** Bytes that are not there, and how often they were freed. */
    private static final class Nothing implements Storage {
        private long size;
        private int freed;
        private int left;
        private Runnable whileWriting = () -> {};

        @Override
        public long size() {
            return size;
        }

        @Override
        public void read(long offset, ByteBuffer target) {
            target.position(target.limit());
        }

        @Override
        public int write(long offset, ByteBuffer source) {
            whileWriting.run();
            int length = source.remaining();
            source.position(source.limit());
            size = Math.max(size, offset + length);
            return length;
        }

        @Override
        public void resize(long newSize) {
            size = newSize;
        }

        @Override
        public View view() {
            return visitor -> visitor.bytes(ByteBuffer.allocate(1));
        }

        @Override
        public void free() {
            freed++;
        }

        @Override
        public void leave() {
            left++;
        }
    }

    private static final class NothingFile extends StoredFile {
        private NothingFile(Custody custody) {
            super("nothing", custody, 0);
        }
    }

    private final Nothing storage = new Nothing();
    private final Custody custody = new Custody("nothing", storage, new Unfreed());
    private final StoredFile file = new NothingFile(custody);

    private void assertRefused(Errno errno, org.junit.jupiter.api.function.Executable operation) {
        assertEquals(errno, assertThrows(ByteFileException.class, operation).errno());
    }

    @Test
    void theLastKeeperFreesOnce() throws Exception {
        custody.hold();
        file.visit(view -> {
            file.close();
            custody.release();
            assertEquals(0, storage.freed);
        });
        assertEquals(1, storage.freed);
        file.close();
        custody.hold();
        custody.release();
        assertEquals(1, storage.freed);
    }

    @Test
    void whatASessionFixedAndFrozeItReleases() throws Exception {
        custody.hold();
        custody.fixSize();
        custody.freeze();
        assertRefused(Errno.EBUSY, () -> file.write(ByteBuffer.allocate(1)));
        assertRefused(Errno.EBUSY, () -> file.truncate(1));
        custody.unfreeze();
        assertRefused(Errno.EPERM, () -> file.write(ByteBuffer.allocate(1)));
        custody.freeze();
        custody.release();
        assertEquals(1, file.write(ByteBuffer.allocate(1)));
    }

    @Test
    void whenTheProviderHasLeftNothingWorksAndNothingIsFreed() throws Exception {
        custody.hold();
        assertTrue(custody.leave(), "its user keeps it");
        assertEquals(1, storage.left);
        assertRefused(Errno.ENODEV, file::size);
        assertEquals(Errno.ENODEV, assertThrows(LiveUpdateException.class, custody::fixSize).errno());
        file.close();
        custody.release();
        assertRefused(Errno.EBADF, file::size);
        assertEquals(0, storage.freed);
    }

    @Test
    void whoeverClosedTheFileDoesNotKeepItWhenTheProviderLeaves() {
        custody.hold();
        file.close();
        assertFalse(custody.leave());
        custody.release();
        assertEquals(0, storage.freed);
    }

    @Test
    void aRetrievedFileIsKeptByItsSessionAndByTheUserWhoHadItOpen() throws Exception {
        Custody open = Custody.retrieved("open", storage, new Unfreed(), true);
        StoredFile openFile = new NothingFile(open);
        open.hold();
        assertRefused(Errno.EPERM, () -> openFile.truncate(1));
        open.release();
        openFile.truncate(1);
        assertEquals(0, storage.freed);
        openFile.close();
        assertEquals(1, storage.freed);
    }

    @Test
    void aRetrievedFileThatItsUserHadClosedGoesWithItsSession() {
        Custody closed = Custody.retrieved("closed", storage, new Unfreed(), false);
        closed.hold();
        assertRefused(Errno.EBADF, new NothingFile(closed)::size);
        assertEquals(0, storage.freed);
        closed.release();
        assertEquals(1, storage.freed);
    }

    @Test
    void aClosedFileCannotBeFixed() {
        file.close();
        assertEquals(Errno.EBADF, assertThrows(LiveUpdateException.class, custody::fixSize).errno());
        assertEquals(1, storage.freed);
    }

    @Test
    void fixingTheSizeWaitsForTheChangeUnderWay() throws Exception {
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        storage.whileWriting = () -> {
            writing.countDown();
            try {
                goOn.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        FutureTask<Integer> write = new FutureTask<>(() -> file.write(ByteBuffer.allocate(10)));
        new Thread(write).start();
        writing.await();
        FutureTask<Long> fix = new FutureTask<>(() -> {
            custody.fixSize();
            return storage.size();
        });
        Thread fixing = new Thread(fix);
        fixing.start();
        while (fixing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        goOn.countDown();
        assertEquals(10, write.get());
        assertEquals(10, fix.get());
    }

    @Test
    void whatIsRetrievedForASessionAloneIsNotFreedBeforeThatHoldsIt() {
        Custody retrieved = Custody.retrieved("nothing", storage, new Unfreed(), false);
        retrieved.restoreSeals(Set.of(Seal.GROW));
        assertEquals(0, storage.freed);
        assertEquals(Set.of(Seal.GROW), retrieved.seals());
        retrieved.hold();
        retrieved.release();
        assertEquals(1, storage.freed);
    }

    @Test
    void bytesWithoutAnAddressInHandoverMemoryCannotBePinned() throws ByteFileException {
        file.truncate(10);
        assertRefused(Errno.EOPNOTSUPP, () -> file.pin(0, 10));
        assertRefused(Errno.EINVAL, () -> file.pin(0, 11));
        file.close();
        assertEquals(1, storage.freed);
    }
}
