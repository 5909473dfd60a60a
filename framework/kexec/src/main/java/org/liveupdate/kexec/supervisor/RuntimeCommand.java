package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.liveupdate.kexec.supervisor.SupervisedRun.LeftImage;
import org.liveupdate.kexec.supervisor.link.Keys;

/** No subcommand: the framework with a prompt. */
final class RuntimeCommand implements Command {
    private static final long ROOM_BYTES = 64L << 20;

    private static final String BUNDLES = "--bundles";

    private final Host host;

    RuntimeCommand(Host host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "";
    }

    @Override
    public String synopsis() {
        return "[--directory DIR] [--resume | --discard] [--bundles DIR]";
    }

    @Override
    public List<String> explanation() {
        return List.of(
                "Without a command: the runtime with a Gogo prompt (java -Dgosh.args=--nointeractive -jar ...: without).",
                "  --directory DIR   keep handover memory here, mode 0700; default: a fresh directory on",
                "                    /dev/shm or in the temporary directory, removed at the end if nothing is",
                "                    preserved in it. An image that was left in DIR is loaded.",
                "  --resume          as by default, but no image is an error",
                "  --discard         give up what an earlier run preserved in DIR",
                "  --bundles DIR     each generation installs and starts the jars that are in DIR when it starts",
                "At the prompt, scope liveupdate (help COMMAND says more; data commands take --json):",
                "  status flbs handlers sessions files modules memory image history log    what there is and was",
                "  why [NAME]        why something is refused, pinned, missing or in the way, and what to do",
                "  plan [kexec | BUNDLE]                            what an update would meet; changes nothing",
                "  kexec, swap BUNDLE URL, unload BUNDLE            to a new JVM, to a new bundle, or without it",
                "  create preserve retrieve save finish close discard        sessions and files by hand");
    }

    @Override
    public int run(List<String> words) throws UsageException, Failure, IOException, InterruptedException {
        Arguments arguments =
                Arguments.parse(words, DirectoryOptions.FLAGS, Set.of(DirectoryOptions.DIRECTORY, BUNDLES));
        DirectoryOptions options = DirectoryOptions.of(arguments, LeftImage.RESUME_IF_THERE);
        if (!arguments.operands().isEmpty()) {
            throw new UsageException("\"" + arguments.operands().get(0) + "\" is one word too many");
        }
        Map<String, String> properties = new HashMap<>();
        properties.put(Keys.COMMAND, "runtime");
        Optional<String> bundles = arguments.value(BUNDLES);
        if (bundles.isPresent()) {
            properties.put(Keys.BUNDLES, bundles(bundles.get()).toString());
        }
        String shell = System.getProperty(Keys.GOSH_ARGS, "");
        if (!shell.contains(Keys.NO_INTERACTIVE)) {
            properties.put(Keys.PROMPT, ("--login " + shell).strip());
        }
        HandoverPlace place = HandoverPlace.open(options.directory(), ROOM_BYTES,
                "go on with it: java -jar liveupdate.jar " + DirectoryOptions.RESUME, host.out());
        return new SupervisedRun(host, place).run(options.leftImage(), properties);
    }

    private static Path bundles(String word) throws UsageException {
        Path directory = DirectoryOptions.path(word).toAbsolutePath();
        if (!Files.isDirectory(directory)) {
            throw new UsageException(BUNDLES + " needs a directory, and " + directory + " is none");
        }
        return directory;
    }
}
