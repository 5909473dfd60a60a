package org.liveupdate.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What is fuzzed. */
enum Target {
    DEVICE_TREE(DeviceTreeTarget.class, DeviceTreeTarget::fuzzerTestOneInput, 2048),
    BLOCK_CHAIN(BlockChainTarget.class, BlockChainTarget::fuzzerTestOneInput, 2048),
    IMAGE(ImageTarget.class, ImageTarget::fuzzerTestOneInput, 6144),
    PATCHED_IMAGE(PatchedImageTarget.class, PatchedImageTarget::fuzzerTestOneInput, 256),
    LINUX_DUMP(LinuxDumpTarget.class, LinuxDumpTarget::fuzzerTestOneInput, 6144);

    private final Class<?> type;
    private final Consumer<byte[]> run;
    private final int longestInputBytes;

    Target(Class<?> type, Consumer<byte[]> run, int longestInputBytes) {
        this.type = type;
        this.run = run;
        this.longestInputBytes = longestInputBytes;
    }

    /** The targets with these names, separated by commas, or all of them. */
    static List<Target> named(String names) {
        return names.equals("all")
                ? List.of(values())
                : List.of(names.split(",")).stream()
                        .map(name -> valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'))).toList();
    }

    /** As users write it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The class that the fuzzer calls. */
    Class<?> type() {
        return type;
    }

    /** The longest input worth trying: a longer one says nothing new, only more slowly. */
    int longestInputBytes() {
        return longestInputBytes;
    }

    /** Reads one input; a broken promise is an exception or an error. */
    void run(byte[] input) {
        run.accept(input);
    }
}
