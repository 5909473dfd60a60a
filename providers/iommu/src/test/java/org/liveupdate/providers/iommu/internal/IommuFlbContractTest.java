package org.liveupdate.providers.iommu.internal;

import java.util.List;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.fatal.FatalLog;
import org.liveupdate.providers.api.iommu.PreservedIommu;
import org.liveupdate.testkit.FlbContractTest;
import org.liveupdate.testkit.FlbProvider;
import org.liveupdate.testkit.Host;

/** The rules that every FLB keeps to, kept by the state of the IOMMU; without devices. */
class IommuFlbContractTest extends FlbContractTest<PreservedIommu> {

    @Override
    public String compatible() {
        return PreservedIommu.COMPATIBLE;
    }

    @Override
    public FlbProvider<PreservedIommu> start(Host host) {
        Iommu iommu = new Iommu(null, new FatalLog("test"));
        host.register(PreservedIommu.COMPATIBLE, new IommuFlb(iommu));
        iommu.start(host.pool(), host.liveUpdate(), () -> null);
        return new States(iommu);
    }

    private record States(Iommu iommu) implements FlbProvider<PreservedIommu> {

        @Override
        public void change(PreservedIommu state, int seed) throws LiveUpdateException {
            iommu.preserve(iommu.newDomain(), (PreservedState) state);
        }

        @Override
        public Object state(PreservedIommu state) {
            return List.of(state.domains(), state.devices(), state.iommus());
        }

        @Override
        public void close() {
            iommu.stop();
        }
    }
}
