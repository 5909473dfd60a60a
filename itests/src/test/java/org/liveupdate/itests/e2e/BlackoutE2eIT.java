package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The blackout does not grow with the amount of data: measured at two sizes, in turns, since what else the machine does
 * comes and goes. The README names the command that measures at the sizes that count; in the normal build the sizes are
 * small and the bound is generous.
 *
 * <pre>
 *   liveupdate.blackout.sizes    MiB of handover memory that are carried, small and large
 *   liveupdate.blackout.rounds   how many times each size is run
 *   liveupdate.blackout.updates  live updates in each run
 *   liveupdate.blackout.ratio    what the median of the large one may be, in medians of the small one
 * </pre>
 */
class BlackoutE2eIT {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final long MIB = 1 << 20;
    private static final long ROOM_BESIDES_MIB = 256;

    @Test
    void theBlackoutDoesNotGrowWithTheData() throws Exception {
        List<Blackouts> sizes = List.of(System.getProperty("liveupdate.blackout.sizes", "16,256").split(",")).stream()
                .map(Long::parseLong).map(Blackouts::new).toList();
        int rounds = Integer.getInteger("liveupdate.blackout.rounds", 2);
        int updates = Integer.getInteger("liveupdate.blackout.updates", 2);
        double bound = Double.parseDouble(System.getProperty("liveupdate.blackout.ratio", "5"));

        for (int round = 1; round <= rounds; round++) {
            for (Blackouts size : sizes) {
                say("round %d of %d, %s", round, rounds, size.measure(place(size.mib()), updates));
            }
        }
        sizes.forEach(size -> say("%s", size.summary()));
        double ratio = sizes.get(1).median() / sizes.get(0).median();
        say("ratio of the medians %.2f, at most %.2f", ratio, bound);
        assertTrue(ratio <= bound, () -> "the ratio is " + ratio);
    }

    /** In memory if there is room, so that no disk is measured. */
    private static Path place(long mib) throws IOException {
        boolean room = Files.isWritable(SHARED_MEMORY)
                && Files.getFileStore(SHARED_MEMORY).getUsableSpace() >= (mib + ROOM_BESIDES_MIB) * MIB;
        Path parent = room ? SHARED_MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        return Files.createTempDirectory(parent, "liveupdate-e2e-",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void say(String format, Object... arguments) {
        System.out.println("blackout: " + String.format(Locale.ROOT, format, arguments));
    }
}
