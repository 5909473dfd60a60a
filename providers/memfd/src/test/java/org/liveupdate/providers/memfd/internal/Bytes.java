package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.function.Executable;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.ByteFileException;

/** Contents to write, contents read back, and refusals. */
final class Bytes {

    private Bytes() {}

    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static ByteBuffer some(int length) {
        return ByteBuffer.wrap(random(length, length));
    }

    /** All bytes, by visiting. */
    static byte[] visited(ByteFile file) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        file.visit(view -> {
            byte[] piece = new byte[view.remaining()];
            view.get(piece);
            all.writeBytes(piece);
        });
        return all.toByteArray();
    }

    /** All bytes, by reading. */
    static byte[] read(ByteFile file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) file.size());
        assertEquals(all.capacity() == 0 ? 0 : all.capacity(), file.read(0, all));
        return all.array();
    }

    static void assertRefused(Errno errno, Executable operation) {
        Exception e = assertThrows(Exception.class, operation);
        if (e instanceof LiveUpdateException refusal) {
            assertEquals(errno, refusal.errno(), refusal.getMessage());
        } else {
            assertEquals(errno, assertThrows(ByteFileException.class, operation).errno(), e.getMessage());
        }
    }
}
