package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the kernel tells about its huge pages, in {@code /sys/kernel/mm/hugepages} or a tree like it. */
final class SystemPageSizes {

    /** Where Linux has it. */
    static final Path SYSFS = Path.of("/sys/kernel/mm/hugepages");

    private static final String PREFIX = "hugepages-";
    private static final String SUFFIX = "kB";

    private final Path root;

    SystemPageSizes(Path root) {
        this.root = root;
    }

    /**
     * The page sizes, smallest first, {@link HugetlbLayout#MAX_SIZES} at most; 2 MiB and 1 GiB where there is nothing to
     * read.
     */
    SortedSet<PageSize> read() {
        SortedSet<PageSize> sizes = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, PREFIX + "*" + SUFFIX)) {
            entries.forEach(entry -> add(sizes, entry.getFileName().toString()));
        } catch (IOException e) {
            // not Linux, or a container without sysfs: the model works all the same
            sizes.clear();
        }
        if (sizes.isEmpty()) {
            sizes.add(PageSize.parse("2M"));
            sizes.add(PageSize.parse("1G"));
        }
        while (sizes.size() > HugetlbLayout.MAX_SIZES) {
            sizes.remove(sizes.last());
        }
        return sizes;
    }

    /** How many pages can be had now, those left out that are promised to somebody; empty if nobody tells. */
    OptionalLong free(PageSize size) {
        Path directory = root.resolve(PREFIX + size.bytes() / 1024 + SUFFIX);
        try {
            return OptionalLong
                    .of(number(directory.resolve("free_hugepages")) - number(directory.resolve("resv_hugepages")));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).trim());
    }

    private static void add(SortedSet<PageSize> sizes, String entry) {
        try {
            String number = entry.substring(PREFIX.length(), entry.length() - SUFFIX.length());
            sizes.add(PageSize.ofBytes(Math.multiplyExact(1024L, Long.parseLong(number))));
        } catch (IllegalArgumentException | ArithmeticException e) {
            // pages larger than a block of handover memory, as on some other architectures: not offered
        }
    }
}
