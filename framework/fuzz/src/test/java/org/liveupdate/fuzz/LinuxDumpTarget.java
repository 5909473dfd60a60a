package org.liveupdate.fuzz;

import java.nio.file.Path;
import java.util.Arrays;
import org.liveupdate.inspector.linux.LinuxLuo;
import org.liveupdate.inspector.linux.PhysicalMemory;

/**
 * Any pages are a dump of the original, from address 0 on, and reported on: with faults, never with an exception. The input
 * is that of {@link ImageTarget}, whose first byte means nothing here.
 */
public final class LinuxDumpTarget {
    private static final Path NAME = Path.of("fuzzed.dump");

    /** Sessions of the original may share an array of files: 819 of them 128 files, say, tried in two layouts. */
    private static final long LIMIT_BYTES = 128 << 20;

    private LinuxDumpTarget() {}

    /** Reads one input. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] image = RawImage.unpack(input, ImageTarget.PAGES_OFFSET, null, 1);
        byte[] pages = Arrays.copyOf(image, image.length - RawImage.TRAILER_BYTES);
        AllocationBound.check(LIMIT_BYTES, () -> LinuxLuo.read(NAME, pages.length, PhysicalMemory.ofTree(pages)));
    }
}
