package org.liveupdate.core.luo;

import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.Preserved;

/** An FLB that has no object on either side. */
final class KernelNull implements Flb<String> {
    @Override
    public Preserved<String> preserve(FlbContext context) {
        return new Preserved<>(1, null);
    }

    @Override
    public void unpreserve(FlbContext context, long data, String object) {
        // nothing was kept
    }

    @Override
    public String retrieve(FlbContext context, long data) {
        return null;
    }

    @Override
    public void finish(FlbContext context, long data, String object) {
        // nothing was kept
    }
}
