package org.liveupdate.kexec;

import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.handover.Phase;
import org.liveupdate.kexec.supervisor.link.Keys;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Runs the {@link Successor} while there is a core that waits for an image; in every other generation it does nothing. */
@Component(service = {}, immediate = true)
public final class SuccessorComponent {
    private final GenerationComponent generation;
    /** Null if this generation does not wait for an image. */
    private final Thread thread;

    /**
     * Begins to wait.
     *
     * @param context
     *            of this bundle
     * @param generation
     *            this generation
     * @param handover
     *            the core
     */
    @Activate
    public SuccessorComponent(BundleContext context, @Reference GenerationComponent generation,
            @Reference Handover handover) {
        this.generation = generation;
        if (generation.link().isEmpty() || generation.standing().isInCharge() || handover.phase() != Phase.WAITING) {
            thread = null;
            return;
        }
        SupervisorLink link = generation.link().get();
        BundlesStarted started = new BundlesStarted(context, context.getProperty(Keys.READY_FILTER),
                link.inbox()::changed);
        started.open();
        Successor successor = new Successor(link, handover, generation.standing(), started, generation.exit());
        thread = new Thread(() -> {
            try (started) {
                successor.run();
            }
        }, "liveupdate successor");
        thread.start();
    }

    /**
     * Stops waiting; a decision under way is waited for.
     *
     * @throws InterruptedException
     *             if that wait is interrupted
     */
    @Deactivate
    public void deactivate() throws InterruptedException {
        if (thread != null && thread.isAlive()) {
            generation.link().ifPresent(link -> link.inbox().stop());
            thread.join(generation.limits().confirm().toMillis());
        }
    }
}
