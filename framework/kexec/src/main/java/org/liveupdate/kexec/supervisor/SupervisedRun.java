package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.liveupdate.kexec.supervisor.link.Keys;
import org.liveupdate.kho.image.StoredImage;

/** From an open handover directory to the end of the last generation. */
final class SupervisedRun {
    /** What is done with an image that an earlier run left. */
    enum LeftImage {
        /** The first generation loads it; without one it is an error. */
        RESUME,
        /** The first generation loads it if there is one. */
        RESUME_IF_THERE,
        /** It is deleted. */
        DISCARD,
        /** It is an error. */
        REFUSE
    }

    private final Host host;
    private final HandoverPlace place;

    SupervisedRun(Host host, HandoverPlace place) {
        this.host = host;
        this.place = place;
    }

    /**
     * Runs.
     *
     * @param properties
     *            system properties that the command adds for every generation
     * @return exit status of the last generation
     */
    int run(LeftImage policy, Map<String, String> properties) throws Failure, IOException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(properties);
        all.put(Keys.DIRECTORY, place.path().toString());
        // the launcher of bnd registers itself with this property when it has started all bundles
        all.put(Keys.READY_FILTER, "(launcher.ready=true)");
        RunDirectory directory = RunDirectory.create();
        Supervisor supervisor = new Supervisor(new GenerationLauncher(host.java(), host.main(), all, directory),
                directory, host.limits());
        SignalForwarding signals = SignalForwarding.install(supervisor::stop);
        int status = 1;
        try (place; directory) {
            boolean resume = resumes(policy);
            place.announce();
            place.reclaim();
            status = supervisor.run(resume);
            place.reclaim();
            place.announceLeft();
        } finally {
            signals.done(status);
        }
        return status;
    }

    private boolean resumes(LeftImage policy) throws Failure, IOException {
        Optional<StoredImage> left = place.pending();
        if (left.isEmpty()) {
            if (policy == LeftImage.RESUME) {
                throw new Failure("there is no image in " + place.path()
                        + " that could be loaded; start without --resume");
            }
            return false;
        }
        switch (policy) {
            case REFUSE -> throw new Failure("an image was left behind in " + left.get().path()
                    + "; go on with what it preserves with --resume, or give it up with --discard");
            case DISCARD -> {
                place.discard();
                return false;
            }
            default -> {
                host.out().println("loading " + left.get().path());
                return true;
            }
        }
    }
}
