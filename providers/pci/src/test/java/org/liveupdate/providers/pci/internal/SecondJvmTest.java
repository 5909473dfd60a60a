package org.liveupdate.providers.pci.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.providers.api.pci.PreservedDevices;

/** Stage 1 here, stage 2 in a JVM of its own. */
@Timeout(60)
class SecondJvmTest {

    @TempDir
    Path directory;

    @Test
    void aSecondJvmKnowsTheDevicesAndFinishesThem() throws Exception {
        Path handover = Files.createDirectory(directory.resolve("handover"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path tree = Tree.in(directory.resolve("machine"));
        Generation generation = Generation.first(handover, tree);
        generation.preserve("s", Tree.NIC, Tree.OTHER_NIC);
        long number = generation.core.handover().commit(System.nanoTime());

        Process second = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Second.class.getName(),
                handover.toString(), tree.toString(), Long.toString(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(second.getInputStream().readAllBytes()).trim();
        second.waitFor(20, TimeUnit.SECONDS);
        generation.core.handover().fence();
        generation.close();

        assertEquals("{0000:00:01.0=2, 0000:01:00.0=2, 0000:02:00.0=1, 0000:02:01.0=1} EBUSY nic false 0", output);
        assertEquals(0, second.exitValue());
    }

    /** Stage 2: prints the devices, how binding is refused, who may have one, whether one is left, and pages that are. */
    public static final class Second {

        private Second() {}

        public static void main(String[] arguments) throws Exception {
            try (Generation generation = Generation.successor(Path.of(arguments[0]), Path.of(arguments[1]),
                    Long.parseLong(arguments[2]))) {
                try (FlbHandle<PreservedDevices> handle = generation.liveUpdate().getIncoming(PreservedDevices.KEY)) {
                    System.out.print(handle.get().references());
                }
                System.out.print(" " + Refused.errno(() -> generation.devices.bind(Tree.NIC, "nic")));
                generation.devices.overrideDriver(Tree.NIC, "nic");
                System.out.print(" " + generation.devices.probe(Tree.NIC));
                generation.liveUpdate().retrieveSession("s").close();
                System.out.println(" " + generation.devices.isIncoming(Tree.NIC) + " " + generation.pages());
            }
        }
    }
}
