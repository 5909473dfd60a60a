package org.liveupdate.demo.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.providers.api.memory.ByteFile;

/** A {@link Manifest} in a file in memory. */
final class ManifestFile {
    private static final long MOST_BYTES = 1L << 28;

    private ManifestFile() {}

    /** Replaces what the file has. */
    static void write(ByteFile file, Manifest manifest) throws Failure {
        ByteBuffer text = ByteBuffer.wrap(ManifestFormat.write(manifest));
        try {
            file.truncate(0);
            file.position(0);
            while (text.hasRemaining()) {
                file.write(text);
            }
        } catch (IOException e) {
            throw new Failure("cannot write the manifest: " + e.getMessage());
        }
    }

    /** How many bytes it takes. */
    static long size(ByteFile file) throws Failure {
        try {
            return file.size();
        } catch (IOException e) {
            throw new Failure("cannot read the manifest: " + e.getMessage());
        }
    }

    /** Reads all of it. */
    static Manifest read(ByteFile file) throws Failure {
        try {
            if (file.size() > MOST_BYTES) {
                throw new Failure("the manifest that was handed over has " + file.size() + " bytes, more than any has");
            }
            ByteBuffer text = ByteBuffer.allocate((int) file.size());
            while (text.hasRemaining() && file.read(text.position(), text) > 0) {
                // until all is there
            }
            return ManifestFormat.read(text.array());
        } catch (IOException e) {
            throw new Failure("cannot read the manifest that was handed over: " + e.getMessage());
        }
    }
}
