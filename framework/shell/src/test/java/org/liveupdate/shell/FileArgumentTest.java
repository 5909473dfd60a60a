package org.liveupdate.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.ByteVisitor;

class FileArgumentTest {
    private static final int LARGER_THAN_A_CHUNK = (1 << 20) + 5;

    private final ByteArrayOutputStream contents = new ByteArrayOutputStream();
    private boolean full;
    private boolean closed;

    @TempDir
    Path directory;

    /** Takes a few bytes at a time, or none if it is full. */
    private Memfd memfd() {
        return (Memfd) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[]{Memfd.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "write" -> write((ByteBuffer) arguments[0]);
                    case "visit" -> {
                        ((ByteVisitor) arguments[0]).bytes(ByteBuffer.wrap(contents.toByteArray()));
                        yield null;
                    }
                    case "close" -> {
                        closed = true;
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private int write(ByteBuffer source) throws IOException {
        if (full) {
            throw new IOException("ENOMEM: no memory is left");
        }
        byte[] some = new byte[Math.min(source.remaining(), 1 << 16)];
        source.get(some);
        contents.write(some);
        return some.length;
    }

    private static void assertRefused(Errno errno, String part, Executable call) {
        LiveUpdateException refusal = assertThrows(LiveUpdateException.class, call);
        assertEquals(errno, refusal.errno());
        assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }

    @Test
    void everyByteOfAFileIsLoadedAndSavedAgain() throws Exception {
        byte[] bytes = new byte[LARGER_THAN_A_CHUNK];
        bytes[LARGER_THAN_A_CHUNK - 1] = 7;
        Path file = Files.write(directory.resolve("file"), bytes);

        Memfd memfd = FileArgument.load(name -> memfd(), file);
        FileArgument.save(memfd, directory.resolve("copy"));

        assertArrayEquals(bytes, contents.toByteArray());
        assertArrayEquals(bytes, Files.readAllBytes(directory.resolve("copy")));
    }

    @Test
    void withoutAProviderItSaysWhichOneIsMissing() {
        assertRefused(Errno.ENODEV, "start org.liveupdate.providers.memfd",
                () -> FileArgument.load(null, directory.resolve("file")));
    }

    @Test
    void whatIsNoFileIsNotLoaded() {
        assertRefused(Errno.ENOENT, "is no file", () -> FileArgument.load(name -> memfd(), directory));
    }

    @Test
    void whatDoesNotFitIsGivenBack() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[1]);
        full = true;

        assertRefused(Errno.EIO, "ENOMEM", () -> FileArgument.load(name -> memfd(), file));

        assertTrue(closed);
    }

    @Test
    void aFileThatIsThereIsNotOverwritten() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[]{1});

        assertRefused(Errno.EIO, "could not be written", () -> FileArgument.save(memfd(), file));

        assertArrayEquals(new byte[]{1}, Files.readAllBytes(file));
    }

    @Test
    void whatHasNoBytesIsNotSaved() {
        assertRefused(Errno.EINVAL, "no file of bytes", () -> FileArgument.save("text", directory.resolve("copy")));
    }
}
