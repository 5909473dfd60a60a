package org.liveupdate.demo.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.liveupdate.demo.run.Meter;
import org.liveupdate.providers.api.memory.ByteFile;

/** SHA-256 of files, as 64 hexadecimal digits. */
final class Digests {
    private static final int STEP_BYTES = 1 << 20;

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Of the beginning of a file in memory, read where it is.
     *
     * @param length
     *            in bytes; what is behind is left out
     * @param meter
     *            is told of every step
     */
    static String of(ByteFile file, long length, Meter meter) throws IOException {
        MessageDigest digest = sha256();
        long[] left = {length};
        file.visit(view -> {
            while (view.hasRemaining() && left[0] > 0) {
                int step = (int) Math.min(left[0], Math.min(STEP_BYTES, view.remaining()));
                digest.update(view.slice(view.position(), step));
                view.position(view.position() + step);
                left[0] -= step;
                meter.add(step);
            }
        });
        return hex(digest);
    }

    /** Of a file of the file system. */
    static String of(FileChannel file, Meter meter) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer buffer = ByteBuffer.allocate(STEP_BYTES);
        for (long position = 0, read; (read = file.read(buffer, position)) >= 0; position += read) {
            digest.update(buffer.flip());
            buffer.clear();
            meter.add(read);
        }
        return hex(digest);
    }
}
