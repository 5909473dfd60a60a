package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.liveupdate.kexec.supervisor.SupervisedRun.LeftImage;
import org.liveupdate.kexec.supervisor.link.Keys;

/**
 * {@code demo}: preserves real files over live updates and proves that nothing was lost. The demo bundle does it; it is
 * told what to do by {@link Keys#COMMAND} and the properties behind it.
 */
final class DemoCommand implements Command {
    private static final long ROOM_BESIDES_BYTES = 64L << 20;

    private final Host host;

    DemoCommand(Host host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String synopsis() {
        return "[--generations N] [--directory DIR] [--resume | --discard] [FILE...]";
    }

    @Override
    public List<String> explanation() {
        return List.of(
                "demo: loads each FILE (default: lib/modules of this JDK) as a memfd and as a huge-page file, replaces",
                "the JVM by a successor, and compares what arrived there with what was loaded.",
                "  --generations N   how many live updates to make in a row, 1 to " + Generations.MAX + "; default 1",
                "  --directory DIR   as above, but an image that was left in DIR is refused",
                "  --resume          go on with the image that was left; takes no FILE",
                "  --discard         as above");
    }

    @Override
    public int run(List<String> words) throws UsageException, Failure, IOException, InterruptedException {
        Arguments arguments = Arguments.parse(words, DirectoryOptions.FLAGS,
                Set.of(DirectoryOptions.DIRECTORY, Generations.OPTION));
        DirectoryOptions options = DirectoryOptions.of(arguments, LeftImage.REFUSE);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(Keys.COMMAND, name());
        properties.put(Keys.DEMO_GENERATIONS, Integer.toString(Generations.of(arguments)));
        List<Path> files = files(arguments, options.leftImage() == LeftImage.RESUME);
        properties.put(Keys.DEMO_FILE_COUNT, Integer.toString(files.size()));
        for (int index = 0; index < files.size(); index++) {
            properties.put(Keys.DEMO_FILE + index, files.get(index).toString());
        }
        HandoverPlace place = HandoverPlace.open(options.directory(), room(files),
                "go on with it: java -jar liveupdate.jar " + name() + " " + DirectoryOptions.RESUME, host.out());
        return new SupervisedRun(host, place).run(options.leftImage(), properties);
    }

    private static List<Path> files(Arguments arguments, boolean resume) throws UsageException, Failure {
        if (resume) {
            if (!arguments.operands().isEmpty()) {
                throw new UsageException("demo --resume goes on with the files that are preserved and takes no FILE");
            }
            return List.of();
        }
        if (arguments.operands().isEmpty()) {
            return List.of(InputFile.check(Path.of(System.getProperty("java.home"), "lib", "modules").toString()));
        }
        List<Path> files = new ArrayList<>();
        for (String word : arguments.operands()) {
            files.add(InputFile.check(word));
        }
        return files;
    }

    /** Each file is loaded twice. */
    private static long room(List<Path> files) throws IOException {
        long bytes = ROOM_BESIDES_BYTES;
        for (Path file : files) {
            bytes += 2 * Files.size(file);
        }
        return bytes;
    }
}
