package org.liveupdate.demo.vm;

import java.io.IOException;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.demo.run.FlbCount;

/** Preserves the guest for the next generation: memory before what maps it, the iommufd before what is attached to it. */
final class Preserving {
    private final LiveUpdate liveUpdate;
    private final LiveUpdateRuntime runtime;

    Preserving(LiveUpdate liveUpdate, LiveUpdateRuntime runtime) {
        this.liveUpdate = liveUpdate;
        this.runtime = runtime;
    }

    /** Preserves everything, or nothing. */
    void preserve(Guest guest, Plan plan) throws LiveUpdateException, IOException {
        Session session = liveUpdate.createSession(Token.SESSION);
        try {
            session.preserve(Token.LOW, guest.low());
            session.preserve(Token.HIGH, guest.high());
            session.preserve(Token.PRIVATE, guest.own());
            session.preserve(Token.VM, guest.vm());
            session.preserve(Token.IOMMUFD, guest.iommufd());
            for (int index = 0; index < guest.devices().size(); index++) {
                session.preserve(Token.DEVICES + index, guest.devices().get(index));
            }
            PlanFormat.write(guest.plan(), plan.with(guest.written(), FlbCount.of(runtime.getRuntimeDTO()),
                    Footprint.of(runtime.getRuntimeDTO())));
            session.preserve(Token.PLAN, guest.plan());
        } catch (LiveUpdateException | IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }
}
