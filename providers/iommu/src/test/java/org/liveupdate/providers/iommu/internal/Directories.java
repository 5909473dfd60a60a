package org.liveupdate.providers.iommu.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Where the parts of a test are. */
final class Directories {

    private Directories() {}

    /** A new handover directory in {@code parent}. */
    static Path handover(Path parent) throws IOException {
        return Files.createDirectory(parent.resolve("handover"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
}
