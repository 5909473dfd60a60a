package org.liveupdate.inspector;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.inspector.Verification.Check;
import org.liveupdate.inspector.Verification.Result;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;
import org.liveupdate.kho.image.StoredImage.State;

/**
 * Verifies the memory file next to an image. It is read through a channel: a mapping of a file that somebody truncates
 * kills the JVM.
 */
final class MemoryCheck {
    private static final String WHAT = "memory";
    private static final String DECIDED = "the image is decided: whoever goes on with the memory changes it";

    private final ImageReport report;
    private final MemoryState memory;

    MemoryCheck(ImageReport report, MemoryState memory) {
        this.report = report;
        this.memory = memory;
    }

    List<Check> run() {
        Path file = report.memoryFile().orElseThrow();
        if (report.state().equals(State.CONFIRMED.suffix()) || report.state().equals(State.TAKEN_BACK.suffix())) {
            return List.of(skipped(DECIDED));
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of(skipped(memory.fileName() + " is not next to the image"));
        }
        List<Check> checks = read(file);
        boolean bad = checks.stream().anyMatch(check -> check.result() == Result.BAD);
        // decided while it was read: then what was found bad may be what the next owner has written
        return bad && !Files.exists(report.path(), LinkOption.NOFOLLOW_LINKS) ? List.of(skipped(DECIDED)) : checks;
    }

    private List<Check> read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return read(channel);
        } catch (IOException e) {
            return List.of(new Check(WHAT, Result.BAD, 0, memory.fileName() + ": " + Sentence.of(e)));
        }
    }

    private List<Check> read(FileChannel channel) throws IOException {
        if (channel.size() < memory.fileBytes()) {
            return List.of(new Check(WHAT, Result.BAD, 0, memory.fileName() + " has " + channel.size()
                    + " bytes, the image says " + memory.fileBytes()));
        }
        BlockSum sum = new BlockSum(channel);
        List<Check> checks = new ArrayList<>();
        for (ScopeState scope : memory.scopes()) {
            checks.add(scope(scope, sum));
        }
        return checks;
    }

    private static Check scope(ScopeState scope, BlockSum sum) throws IOException {
        String what = "scope " + scope.id();
        BlockTable blocks = scope.table();
        long bytes = 0;
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.isSummed(i)) {
                int found = sum.of(blocks.address(i), Blocks.bytes(blocks, i));
                bytes += Blocks.bytes(blocks, i);
                if (found != blocks.checksum(i)) {
                    return new Check(what, Result.BAD, bytes, String.format(
                            "block at %s of %s: expected checksum %08x, found %08x", Sizes.hex(blocks.address(i)),
                            scope.owner(), blocks.checksum(i), found));
                }
            }
        }
        long devices = Blocks.writtenByDevices(blocks);
        long without = blocks.size() - Blocks.summed(blocks) - devices;
        return new Check(what, without + devices == 0 ? Result.GOOD : Result.NOT_VERIFIED, bytes,
                Sizes.count(blocks.size(), "block") + " of " + scope.owner()
                        + (without == 0 ? "" : ", " + without + " without checksum")
                        + (devices == 0 ? "" : ", " + devices + " written by devices, not checked"));
    }

    private static Check skipped(String why) {
        return new Check(WHAT, Result.NOT_VERIFIED, 0, why);
    }
}
