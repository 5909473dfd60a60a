package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes names in a directory durable: a rename survives a crash of the machine only once its directory is forced. */
final class DirectoryForce {

    private DirectoryForce() {}

    static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** For a rename that has decided something already: a failure must not make it look as if it had not. */
    static void tryForce(Path directory) {
        try {
            force(directory);
        } catch (IOException e) {
            // the decision stands for everybody who looks; only after a crash of the machine might it be lost
            return;
        }
    }
}
