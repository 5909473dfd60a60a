package org.liveupdate.providers.kvm.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.ByteFileException;

/** A machine, and generations that follow each other. After each test every page is free, and counted nowhere. */
abstract class KvmCase {

    static final long VM_TOKEN = 1;
    static final long MEMORY_TOKEN = 2;
    static final long PAGE = 4096;

    @TempDir
    Path directory;

    Generation generation;
    Vm vm;

    @BeforeEach
    void create() throws Exception {
        generation = Generation.first(directory);
        vm = generation.factory.createVm("guest", Vm.TYPE_DEFAULT);
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        try {
            assertEquals(0, generation.pages());
            assertEquals(0, generation.hugePages.taken(CountingPool.KIB_64));
        } finally {
            generation.close();
        }
    }

    GuestMemfd memory(long pages) throws IOException {
        return generation.factory.createGuestMemfd(vm, pages * PAGE, GuestMemfd.FLAG_INIT_SHARED);
    }

    Session session() throws LiveUpdateException {
        return generation.user().createSession("guest");
    }

    /** A session with the machine and some memory. */
    Session preserved(GuestMemfd memory) throws LiveUpdateException {
        Session session = session();
        session.preserve(MEMORY_TOKEN, memory);
        session.preserve(VM_TOKEN, vm);
        return session;
    }

    /** A live update; the session in the successor. */
    Session handOver() throws Exception {
        generation = generation.next();
        return generation.user().retrieveSession("guest");
    }

    static <F> F open(Session session, long token, Class<F> type) throws LiveUpdateException {
        try (FileHandle<F> handle = session.open(token, type)) {
            return handle.get();
        }
    }

    static byte[] some(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static ByteBuffer buffer(int length) {
        return ByteBuffer.wrap(some(length));
    }

    static byte[] read(ByteFile file, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        assertEquals(length, file.read(offset, bytes));
        return bytes.array();
    }

    static byte[] read(Vm vm, long address, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        vm.read(address, bytes);
        return bytes.array();
    }

    static void assertRefused(Errno errno, Executable operation) {
        Exception e = assertThrows(Exception.class, operation);
        if (e instanceof LiveUpdateException refusal) {
            assertEquals(errno, refusal.errno(), e.getMessage());
        } else if (e instanceof ByteFileException refusal) {
            assertEquals(errno, refusal.errno(), e.getMessage());
        } else {
            fail(e);
        }
    }
}
