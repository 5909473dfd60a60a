package org.liveupdate.benchmarks;

import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.Preserved;

/** The least that an FLB can do. Its live object is itself. */
final class DockFlb implements Flb<DockFlb> {
    private final int number;

    DockFlb(int number) {
        this.number = number;
    }

    static String compatible(int number) {
        return "dock-" + number;
    }

    @Override
    public Preserved<DockFlb> preserve(FlbContext context) {
        return new Preserved<>(number, this);
    }

    @Override
    public void unpreserve(FlbContext context, long data, DockFlb object) {
        // preserve kept nothing
    }

    @Override
    public DockFlb retrieve(FlbContext context, long data) {
        return this;
    }

    @Override
    public void finish(FlbContext context, long data, DockFlb object) {
        // retrieve kept nothing
    }
}
