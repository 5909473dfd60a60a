package org.liveupdate.testkit;

import org.liveupdate.api.FlbContext;

/** The context of an FLB's callback in which memory fails where {@link Faults} says so. */
final class FaultyFlbContext extends FaultyContext implements FlbContext {
    private final FlbContext context;

    FaultyFlbContext(FlbContext context, Faults faults) {
        super(context, faults);
        this.context = context;
    }

    @Override
    public long files() {
        return context.files();
    }
}
