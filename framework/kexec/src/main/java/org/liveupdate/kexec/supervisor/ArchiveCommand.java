package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.liveupdate.kexec.supervisor.SupervisedRun.LeftImage;
import org.liveupdate.kexec.supervisor.link.Keys;

/** {@code archive}: makes the {@link ClassArchive} of this jar for this JVM, from what a generation loads. */
final class ArchiveCommand implements Command {
    private static final long ROOM_BYTES = 64L << 20;

    private final Host host;

    ArchiveCommand(Host host) {
        this.host = host;
    }

    @Override
    public String name() {
        return "archive";
    }

    @Override
    public String synopsis() {
        return "";
    }

    @Override
    public List<String> explanation() {
        return List.of(
                "archive: writes the classes of the runtime, as this JVM keeps them in memory, to liveupdate.jar.jsa",
                "beside the jar. From then on each generation starts faster. Another JVM or jar does not use it.");
    }

    @Override
    public int run(List<String> words) throws UsageException, Failure, IOException, InterruptedException {
        Arguments arguments = Arguments.parse(words, Set.of(), Set.of());
        if (!arguments.operands().isEmpty()) {
            throw new UsageException("\"" + arguments.operands().get(0) + "\" is one word too many");
        }
        ClassArchive archive = ClassArchive.ofThisJar().orElseThrow(() -> new Failure(
                "only a runtime in one jar has an archive of its classes; run java -jar liveupdate.jar archive"));
        if (!Files.isWritable(archive.file().getParent())) {
            throw new Failure(archive.file() + " cannot be written here; run this command as the owner of the jar");
        }
        try {
            return make(archive);
        } finally {
            Files.deleteIfExists(archive.draft());
        }
    }

    private int make(ClassArchive archive) throws Failure, IOException, InterruptedException {
        Files.deleteIfExists(archive.draft());
        HandoverPlace place = HandoverPlace.open(Optional.empty(), ROOM_BYTES, "", host.out());
        int status = new SupervisedRun(host.with(archive.writingOptions()), place).run(LeftImage.REFUSE,
                Map.of(Keys.COMMAND, "runtime", Keys.PROMPT, "--login -c liveupdate:status"));
        if (status != 0) {
            return status;
        }
        if (!Files.exists(archive.draft())) {
            throw new Failure(archive.draft() + " was not written: this JVM does not share classes");
        }
        archive.publish();
        if (archive.options(List.of()).isEmpty()) {
            throw new Failure(archive.file() + " will not be used; run this command as the owner of the jar");
        }
        host.out().println(archive.file() + ": " + Files.size(archive.file()) + " bytes");
        return 0;
    }
}
