package org.liveupdate.kexec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.handover.Phase;
import org.liveupdate.api.handover.RecordedPhase;
import org.liveupdate.kho.image.HandoverDirectory;
import org.liveupdate.kho.image.ImageStore;

/** A core without sessions: real images and real renames, and a line for each thing it does. */
final class FakeHandover implements Handover {
    private final HandoverDirectory directory;
    private final ImageStore images;
    private final Set<Behaviour> behaviours;
    private final ProcessHandle predecessor;
    private final Runnable disturbance;
    private volatile Phase phase;
    private volatile long number;
    private volatile boolean takenBack;
    private int looks;

    /** The disturbance comes at points at which somebody waits next. */
    FakeHandover(Path path, Set<Behaviour> behaviours, boolean waits, ProcessHandle predecessor, Runnable disturbance)
            throws IOException {
        directory = HandoverDirectory.open(path);
        images = new ImageStore(directory);
        this.behaviours = behaviours;
        this.predecessor = predecessor;
        this.disturbance = disturbance;
        phase = waits ? Phase.WAITING : Phase.RUNNING;
        number = waits ? -1 : 0;
    }

    /** What the core does in a first generation that resumes. */
    void resumeLeft() throws IOException {
        number = images.pending().orElseThrow().number();
        images.claim(number);
        images.confirm(number);
        FakeGeneration.say("resumed image " + number);
    }

    /** What the core does when the framework stops. */
    void stop() throws IOException {
        FakeGeneration.say("stopping in phase " + phase);
        if (phase == Phase.RUNNING && Boolean.getBoolean("fake.preserves")) {
            images.commit(number + 1, new byte[]{1});
            FakeGeneration.say("committed at stop " + (number + 1));
        }
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public Path directory() {
        return directory.path();
    }

    @Override
    public RecordedPhase begin(String name) {
        return (subject, errno) -> {};
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public synchronized List<String> capabilities() {
        looks++;
        boolean lacks = behaviours.contains(Behaviour.LACKS_HANDLER)
                || behaviours.contains(Behaviour.HANDLER_COMES_LATE) && looks < 3;
        return lacks ? List.of("flb hugetlb-v1") : List.of("flb hugetlb-v1", "handler memfd-v1");
    }

    @Override
    public List<String> check(List<String> successor) {
        disturbance.run();
        List<String> lost = new ArrayList<>();
        for (String needed : List.of("flb hugetlb-v1", "handler memfd-v1")) {
            if (!successor.contains(needed)) {
                lost.add("it has no " + needed);
            }
        }
        return lost;
    }

    @Override
    public List<String> blockers() {
        return behaviours.contains(Behaviour.BLOCKED) ? List.of("session left is unfinished") : List.of();
    }

    @Override
    public long commit(long prepareBegan) throws LiveUpdateException {
        if (behaviours.contains(Behaviour.VETOES)) {
            throw new LiveUpdateException(Errno.EBUSY, "the device is at work");
        }
        try {
            images.commit(number + 1, new byte[]{1});
        } catch (IOException e) {
            throw failed(e);
        }
        phase = Phase.COMMITTED;
        FakeGeneration.say("committed " + (number + 1));
        return number + 1;
    }

    @Override
    public boolean takeBack() throws LiveUpdateException {
        try {
            takenBack = images.takeBack(number + 1);
            FakeGeneration.say("take back " + takenBack);
            return takenBack;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void resume() throws LiveUpdateException {
        if (!takenBack) {
            throw new LiveUpdateException(Errno.EINVAL, "nothing was taken back");
        }
        phase = Phase.RUNNING;
        FakeGeneration.say("goes on");
    }

    @Override
    public void fence() {
        phase = Phase.FENCED;
        FakeGeneration.say("fenced");
    }

    @Override
    public void claim(long image) throws LiveUpdateException {
        dieIf(Behaviour.DIES_BEFORE_CLAIM);
        try {
            images.claim(image);
            number = image;
            phase = Phase.CLAIMED;
            FakeGeneration.say("claimed " + image);
        } catch (IOException e) {
            throw failed(e);
        }
        dieIf(Behaviour.DIES_CLAIMED);
        if (behaviours.contains(Behaviour.REFUSES)) {
            throw new LiveUpdateException(Errno.EINVAL, "the image is too new");
        }
    }

    @Override
    public boolean confirm() throws LiveUpdateException {
        try {
            while (behaviours.contains(Behaviour.WAITS_TO_CONFIRM) && Files.notExists(directory().resolve("go"))) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            boolean ours = images.confirm(number);
            phase = ours ? Phase.RUNNING : Phase.FENCED;
            FakeGeneration.say("confirmed " + ours);
            dieIf(Behaviour.DIES_CONFIRMED);
            if (behaviours.contains(Behaviour.CONFIRMS_SILENTLY)) {
                predecessor.onExit().join();
            }
            return ours;
        } catch (IOException | InterruptedException e) {
            throw new LiveUpdateException(Errno.EIO, e.toString());
        }
    }

    private void dieIf(Behaviour behaviour) {
        if (behaviours.contains(behaviour)) {
            Runtime.getRuntime().halt(9);
        }
    }

    private static LiveUpdateException failed(IOException e) {
        return new LiveUpdateException(Errno.EIO, e.toString());
    }
}
