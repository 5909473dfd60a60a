package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.liveupdate.kexec.supervisor.SupervisedRun.LeftImage;
import org.liveupdate.kexec.supervisor.link.Keys;

/**
 * {@code vm}: a guest with memory and devices goes through live updates. The demo bundle does it; the machine that the
 * guest runs on stays on for all generations.
 */
final class VmCommand implements Command {
    private static final long ROOM_BYTES = 256L << 20;

    private final Host host;

    VmCommand(Host host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "vm";
    }

    @Override
    public String synopsis() {
        return "[--generations N] [--directory DIR] [--discard]";
    }

    @Override
    public List<String> explanation() {
        return List.of(
                "vm: builds a guest with memory of three kinds and two devices, replaces the JVM by a successor while",
                "the devices go on writing to the guest's memory, and checks that nothing was lost.",
                "  --generations N   as above",
                "  --directory DIR   as above",
                "  --discard         as above; an image of a guest cannot be resumed: its devices are gone");
    }

    @Override
    public int run(List<String> words) throws UsageException, Failure, IOException, InterruptedException {
        Arguments arguments = Arguments.parse(words, Set.of(DirectoryOptions.DISCARD),
                Set.of(DirectoryOptions.DIRECTORY, Generations.OPTION));
        DirectoryOptions options = DirectoryOptions.of(arguments, LeftImage.REFUSE);
        Optional<String> surplus = arguments.operands().stream().findFirst();
        if (surplus.isPresent()) {
            throw new UsageException("\"" + surplus.get() + "\" is one word too many");
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(Keys.COMMAND, name());
        properties.put(Keys.DEMO_GENERATIONS, Integer.toString(Generations.of(arguments)));
        HandoverPlace place = HandoverPlace.open(options.directory(), ROOM_BYTES,
                "give it up: java -jar liveupdate.jar " + name() + " " + DirectoryOptions.DISCARD, host.out());
        try (MachineProcess machine = MachineProcess.start(host.java())) {
            host.out().println("machine " + machine.directory() + ", process " + machine.pid());
            properties.put(Keys.PCI_SYSFS, machine.directory().resolve("devices").toString());
            properties.put(Keys.MACHINE, machine.directory().toString());
            return new SupervisedRun(host, place).run(options.leftImage(), properties);
        }
    }
}
