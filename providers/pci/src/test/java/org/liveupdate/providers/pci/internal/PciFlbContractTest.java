package org.liveupdate.providers.pci.internal;

import java.util.List;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PreservedDevices;
import org.liveupdate.testkit.FlbContractTest;
import org.liveupdate.testkit.FlbProvider;
import org.liveupdate.testkit.Host;

/** The FLB keeps to the contract, as long as drivers keep to theirs: they finish their devices before it ends. */
class PciFlbContractTest extends FlbContractTest<PreservedDevices> {

    @Override
    public String compatible() {
        return PreservedDevices.COMPATIBLE;
    }

    @Override
    public FlbProvider<PreservedDevices> start(Host host) {
        PciFlb flb = new PciFlb(new Pci());
        // linked to no handler: it is there for the test kit to see which classes the provider consists of
        host.register("pci without drivers", flb);
        host.register(PreservedDevices.COMPATIBLE, new WithDrivers(flb));
        return new Devices();
    }

    /** Each change is one device more. */
    private static final class Devices implements FlbProvider<PreservedDevices> {

        @Override
        public void change(PreservedDevices object, int seed) throws Exception {
            object.add(PciAddress.of(seed, seed & 0xffff), List.of(Tree.ROOT_PORT));
        }

        @Override
        public Object state(PreservedDevices object) {
            return object.references().toString();
        }

        @Override
        public void close() {
            // nothing runs
        }
    }

    /** The FLB, and drivers that finish their devices before its end. */
    private record WithDrivers(PciFlb flb) implements Flb<PreservedDevices> {

        @Override
        public Preserved<PreservedDevices> preserve(FlbContext context) throws LiveUpdateException {
            return flb.preserve(context);
        }

        @Override
        public void unpreserve(FlbContext context, long data, PreservedDevices object) {
            flb.unpreserve(context, data, object);
        }

        @Override
        public PreservedDevices retrieve(FlbContext context, long data) throws LiveUpdateException {
            return flb.retrieve(context, data);
        }

        @Override
        public void finish(FlbContext context, long data, PreservedDevices object) {
            object.references().keySet().stream().filter(device -> !device.equals(Tree.ROOT_PORT))
                    .forEach(device -> object.remove(device, List.of(Tree.ROOT_PORT)));
            flb.finish(context, data, object);
        }
    }
}
