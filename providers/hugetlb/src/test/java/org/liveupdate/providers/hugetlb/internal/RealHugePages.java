package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A hugetlbfs mount of 2 MiB pages for the time of a test class: wants root and a few free pages. Elsewhere the tests are
 * skipped, with the reason.
 */
final class RealHugePages implements AutoCloseable {

    static final int PAGES = 16;

    private static final Path NUMBER = SystemPageSizes.SYSFS.resolve("hugepages-2048kB/nr_hugepages");
    private static final PageSize SIZE = PageSize.parse("2M");

    private final Path mount;
    private final String before;

    private RealHugePages(Path mount, String before) {
        this.mount = mount;
        this.before = before;
    }

    static RealHugePages mount(Path directory) throws IOException {
        Assumptions.assumeTrue(Files.isWritable(NUMBER), "real huge pages: not root, or no " + NUMBER);
        String before = Files.readString(NUMBER).trim();
        RealHugePages pages = new RealHugePages(directory, before);
        try {
            Files.writeString(NUMBER, Long.toString(Long.parseLong(before) + PAGES));
        } catch (IOException e) {
            Assumptions.abort("real huge pages: " + e);
        }
        if (free() < PAGES || run("mount", "-t", "hugetlbfs", "-o", "pagesize=2M", "none", directory.toString()) != 0) {
            Files.writeString(NUMBER, before);
            Assumptions.abort("real huge pages: " + free() + " pages are free, or mounting is not allowed");
        }
        return pages;
    }

    /** Pages that nobody has and that are promised to nobody. */
    static long free() {
        return new SystemPageSizes(SystemPageSizes.SYSFS).free(SIZE).orElse(0);
    }

    /**
     * Pages that nobody has once garbage is collected: a file that is deleted, but was mapped by a generation that is gone,
     * keeps its pages until then. (A real generation takes them with its JVM.)
     */
    static long freeAtLast() {
        for (int attempt = 0; attempt < 200 && free() < PAGES; attempt++) {
            System.gc();
        }
        return free();
    }

    @Override
    public void close() throws IOException {
        freeAtLast();
        // lazily: a mapping that is no garbage yet keeps the mount busy
        run("umount", "-l", mount.toString());
        Files.writeString(NUMBER, before);
    }

    private static int run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            return process.waitFor(10, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
