package org.liveupdate.providers.kvm.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hugetlb.HugePages;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.testkit.FileHandlerContractTest;
import org.liveupdate.testkit.FileProvider;
import org.liveupdate.testkit.Host;

/** The rules that every file handler keeps to, kept by those of guest memory: each file has a machine of its own. */
abstract class GuestMemfdContract extends FileHandlerContractTest<GuestMemfd> {

    private static final FlbKey<HugePages> KEY = new FlbKey<>(HugePages.COMPATIBLE, HugePages.class);

    abstract long pageSize();

    @Override
    public FileProvider<GuestMemfd> start(Host host) {
        Kvm kvm = new Kvm();
        host.register(VmLayout.COMPATIBLE, new VmHandler(kvm));
        host.register(GuestMemfdLayout.COMPATIBLE, new GuestMemfdHandler(kvm, false));
        host.register(HugePages.COMPATIBLE, new CountersFlb());
        host.register(GuestMemfdLayout.HUGE_COMPATIBLE, new HugeGuestMemfdHandler(kvm), HugePages.COMPATIBLE);
        KvmFactoryComponent factory = new KvmFactoryComponent(kvm, host.pool());
        factory.bindHugePages(new CountingPool(64));
        return new Guests(factory, host.liveUpdate(), pageSize());
    }

    private record Guests(KvmFactoryComponent factory, LiveUpdate liveUpdate, long pageSize)
            implements
                FileProvider<GuestMemfd> {

        @Override
        public GuestMemfd create(int seed) throws IOException {
            Vm vm = factory.createVm("contract", Vm.TYPE_DEFAULT);
            GuestMemfd file = factory.createGuestMemfd(vm, 2 * CountingPool.KIB_64, GuestMemfd.FLAG_MMAP, pageSize);
            file.write(0, ByteBuffer.allocate(Integer.BYTES).putInt(0, seed));
            return file;
        }

        @Override
        public void change(GuestMemfd file, int seed) throws IOException {
            file.write(100, ByteBuffer.allocate(Integer.BYTES).putInt(0, seed));
        }

        @Override
        public Object state(GuestMemfd file) throws IOException {
            CRC32C checksum = new CRC32C();
            file.visit(checksum::update);
            return List.of(file.size(), file.flags(), file.pageSize(), file.pages(), checksum.getValue());
        }

        @Override
        public Object shared() throws LiveUpdateException {
            if (pageSize == GuestPages.BASE_BYTES) {
                return List.of();
            }
            try (FlbHandle<HugePages> pages = liveUpdate.getOutgoing(KEY)) {
                return pages.get().pages(pageSize);
            }
        }

        @Override
        public List<Vm> prerequisites(GuestMemfd file) {
            return List.of(machine(file));
        }

        @Override
        public void close(GuestMemfd file) {
            file.close();
            Vm vm = machine(file);
            if (vm != null) {
                vm.close();
            }
        }

        private static Vm machine(GuestMemfd file) {
            return ((GuestMemfdFile) file).vm();
        }
    }
}
