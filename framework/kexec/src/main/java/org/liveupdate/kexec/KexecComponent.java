package org.liveupdate.kexec;

import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.handover.Phase;
import org.liveupdate.api.runtime.dto.KexecPlanDTO;
import org.liveupdate.kexec.supervisor.link.Keys;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The {@link Kexec} service: there in every phase, with or without a supervisor and a core; what it can do at the moment
 * is a matter of each call.
 */
@Component(immediate = true)
public final class KexecComponent implements Kexec {
    private static final int STATUS_MAX = 255;

    private final GenerationComponent generation;
    /** The core, null while there is none. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Handover handover;

    /**
     * A service.
     *
     * @param generation
     *            this generation
     */
    @Activate
    public KexecComponent(@Reference GenerationComponent generation) {
        this.generation = generation;
    }

    /** An update under way is brought to its end, while what it needs is still there. */
    @Deactivate
    public void deactivate() {
        generation.successors().ifPresent(channel -> channel.inbox().stop());
        generation.turn().awaitEnd(generation.limits().stop());
    }

    @Override
    public String unavailable() {
        return generation.successors().isPresent() ? ""
                : "kexec needs a supervisor that starts the successor: run the framework with java -jar liveupdate.jar;"
                        + " in another container the property " + Keys.SUCCESSOR_COMMAND
                        + " says which command starts it, and it is not set";
    }

    @Override
    public KexecPlanDTO plan() throws LiveUpdateException {
        Handover core = handover;
        Update update = begin(core);
        try {
            return update.plan();
        } finally {
            generation.turn().end();
        }
    }

    @Override
    public void kexec(boolean force) throws LiveUpdateException {
        long began = System.nanoTime();
        Handover core = handover;
        Update update = begin(core);
        try {
            List<String> lost = update.prepare();
            if (!lost.isEmpty() && !force) {
                update.abandon();
                throw new LiveUpdateException(Errno.ENODEV, update.successor() + " cannot take over everything: "
                        + String.join("; ", lost)
                        + ". Nothing has changed; give the successor what it lacks, or force");
            }
            new HandingOver(generation.successors().orElseThrow(), core, generation.limits(), update.successor(),
                    generation.exit()).run(began);
        } finally {
            generation.turn().end();
        }
    }

    private Update begin(Handover core) throws LiveUpdateException {
        if (generation.successors().isEmpty()) {
            throw new LiveUpdateException(Errno.EOPNOTSUPP, unavailable());
        }
        if (core == null) {
            throw new LiveUpdateException(Errno.ENODEV, "the core is not there, so there is nothing to hand over");
        }
        Phase phase = core.phase();
        if (phase != Phase.RUNNING) {
            throw new LiveUpdateException(Errno.EBUSY, "this generation is not in charge; its phase is " + phase);
        }
        if (!generation.turn().begin()) {
            throw generation.turn().isClosed()
                    ? new LiveUpdateException(Errno.EAGAIN, "the framework is to stop")
                    : new LiveUpdateException(Errno.EBUSY, "another live update is under way");
        }
        return new Update(generation.successors().get(), core, generation.limits());
    }

    @Override
    public void exit(int status) {
        if (status < 0 || status > STATUS_MAX) {
            throw new IllegalArgumentException("an exit status is 0 to " + STATUS_MAX + ", not " + status);
        }
        generation.stop().exit(status);
    }
}
