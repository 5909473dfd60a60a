package org.liveupdate.providers.iommu.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.fatal.FatalLog;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.iommu.Mapping;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.memfd.internal.MemfdFactoryComponent;
import org.liveupdate.providers.memfd.internal.MemfdHandler;
import org.liveupdate.testkit.FileHandlerContractTest;
import org.liveupdate.testkit.FileProvider;
import org.liveupdate.testkit.Host;

/** The rules that every file handler keeps to, kept by that of iommufds; without devices. */
class IommufdContractTest extends FileHandlerContractTest<Iommufd> {

    private static final long TOKEN = 5;

    @Override
    public String compatible() {
        return IommufdLayout.COMPATIBLE;
    }

    @Override
    public FileProvider<Iommufd> start(Host host) {
        Iommu iommu = new Iommu(null, new FatalLog("test"));
        host.register(Generation.MEMFD, new MemfdHandler());
        host.register(IommuFlb.KEY.compatible(), new IommuFlb(iommu));
        host.register(IommufdLayout.COMPATIBLE, new IommufdHandler(iommu), IommuFlb.KEY.compatible());
        iommu.start(host.pool(), host.liveUpdate(), () -> null);
        return new Iommufds(iommu, new MemfdFactoryComponent(host.pool()));
    }

    private record Iommufds(Iommu iommu, MemfdFactory memfds) implements FileProvider<Iommufd> {

        @Override
        public Iommufd create(int seed) throws IOException, LiveUpdateException {
            Memfd memfd = memfds.create("contract");
            memfd.truncate(4 * 4096);
            memfd.addSeals(EnumSet.of(Seal.SEAL, Seal.SHRINK, Seal.GROW));
            Iommufd file = IommufdFile.open(iommu, "contract");
            IoAddressSpace space = file.allocateAddressSpace();
            space.map(seed * 4096L, 8192, memfd, 4096, seed % 2 == 0);
            space.allocatePageTable().preserve(TOKEN);
            return file;
        }

        @Override
        public Object state(Iommufd file) {
            List<Object> state = new ArrayList<>();
            for (HardwarePageTable table : file.pageTables()) {
                state.add(List.of(table.id(), table.token().getAsLong(), table.addressSpace().id()));
                for (Mapping mapping : table.addressSpace().mappings()) {
                    state.add(List.of(mapping.iova(), mapping.length(), mapping.offset(), mapping.writable()));
                }
            }
            return state;
        }

        @Override
        public List<?> prerequisites(Iommufd file) {
            return List.of(file.addressSpaces().get(0).mappings().get(0).file());
        }

        @Override
        public void retrieved(Iommufd file) throws LiveUpdateException {
            file.restore(TOKEN);
        }

        @Override
        public void close(Iommufd file) {
            List<Mapping> mappings = file.addressSpaces().stream().flatMap(space -> space.mappings().stream()).toList();
            file.close();
            mappings.forEach(mapping -> mapping.file().close());
        }

        @Override
        public void close() {
            iommu.stop();
        }
    }
}
