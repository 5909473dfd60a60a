package org.liveupdate.demo.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.demo.run.Meter;

class DigestsTest {
    /** SHA-256 of "abc", from FIPS 180-2. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final Meter NOBODY = bytes -> {};

    @TempDir
    Path directory;

    @Test
    void whatIsBehindTheLengthDoesNotCount() throws Exception {
        assertEquals(ABC, Digests.of(new FakeFile("abcdef".getBytes("US-ASCII")), 3, NOBODY));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1000, 1001, 3_000_000})
    void piecesMakeTheSameDigestAsTheWhole(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        String expected = HexFormat.of().formatHex(Digests.sha256().digest(bytes));
        long[] metered = {0};
        assertEquals(expected, Digests.of(new FakeFile(bytes), size, step -> metered[0] += step));
        assertEquals(size, metered[0]);
        Path file = Files.write(directory.resolve("file"), bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            assertEquals(expected, Digests.of(channel, NOBODY));
        }
    }

    @Test
    void aMeterCanEndIt() {
        assertThrows(InterruptedIOException.class, () -> Digests.of(new FakeFile(5000), 5000, step -> {
            throw new InterruptedIOException("stop");
        }));
    }
}
