package org.liveupdate.providers.vfio.internal;

import java.util.List;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.Preserved;
import org.liveupdate.providers.api.pci.PreservedDevices;

/** The FLB that the handler depends on, as far as the handler sees it: when it comes and goes. */
record FakePciFlb(List<String> calls) implements Flb<PreservedDevices> {

    @Override
    public Preserved<PreservedDevices> preserve(FlbContext context) {
        calls.add("flb.preserve");
        return new Preserved<>(0, null);
    }

    @Override
    public void unpreserve(FlbContext context, long data, PreservedDevices object) {
        calls.add("flb.unpreserve");
    }

    @Override
    public PreservedDevices retrieve(FlbContext context, long data) {
        return null;
    }

    @Override
    public void finish(FlbContext context, long data, PreservedDevices object) {
        calls.add("flb.finish");
    }
}
