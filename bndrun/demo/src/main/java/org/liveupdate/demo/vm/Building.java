package org.liveupdate.demo.vm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Performance;
import org.liveupdate.demo.run.Services;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.iommu.IommufdFactory;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.KvmFactory;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.memory.Sealable;
import org.liveupdate.providers.api.pci.PciCore;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.vfio.VfioDevice;
import org.liveupdate.providers.api.vfio.VfioFactory;

/** Builds a guest from nothing. */
final class Building {
    /** What the IOMMU wants of memory that devices reach while nobody watches: its size stays, and so do its seals. */
    private static final Set<Seal> FIXED = EnumSet.of(Seal.SEAL, Seal.GROW, Seal.SHRINK);

    private final Services services;

    Building(Services services) {
        this.services = services;
    }

    /** A guest whose memory holds its pattern, and whose devices work. */
    Guest build(Plan plan) throws Failure, IOException, LiveUpdateException {
        List<PciDevice> hardware = new Machine(await(PciCore.class)).devices();
        MemfdFactory memfds = await(MemfdFactory.class);
        Memfd low = memfds.create(Memory.LOW.name());
        low.truncate(Memory.LOW.length());
        seal(low);
        HugeMemfdFactory hugeMemfds = await(HugeMemfdFactory.class);
        long pageSize = hugeMemfds.pageSizes().get(0);
        HugeMemfd high = hugeMemfds.create(Memory.HIGH.name(), Memory.HIGH.length(), pageSize);
        seal(high);
        KvmFactory kvm = await(KvmFactory.class);
        Vm vm = kvm.createVm("guest", Vm.TYPE_DEFAULT);
        GuestMemfd own = kvm.createGuestMemfd(vm, Memory.PRIVATE.length(),
                GuestMemfd.FLAG_MMAP | GuestMemfd.FLAG_INIT_SHARED, pageSize);
        Iommufd iommufd = await(IommufdFactory.class).open("guest");
        HardwarePageTable table = map(iommufd, low, high);
        Memfd words = memfds.create("guest's plan");
        PlanFormat.write(words, plan);
        Guest guest = new Guest(words, low, high, own, vm, iommufd, open(hardware, table));
        guest.addSlots();
        guest.fill(new Pattern(plan.seed()));
        for (DmaRing ring : guest.rings()) {
            ring.start();
        }
        return guest;
    }

    private static void seal(Sealable file) throws IOException {
        file.addSeals(FIXED);
    }

    /** Devices see memory where the guest sees it. */
    private static HardwarePageTable map(Iommufd iommufd, ByteFile low, ByteFile high) throws LiveUpdateException {
        IoAddressSpace addresses = iommufd.allocateAddressSpace();
        addresses.map(Memory.LOW.start(), Memory.LOW.length(), low, 0, true);
        addresses.map(Memory.HIGH.start(), Memory.HIGH.length(), high, 0, true);
        HardwarePageTable table = addresses.allocatePageTable();
        table.preserve(Token.PAGE_TABLE);
        return table;
    }

    private List<VfioDevice> open(List<PciDevice> hardware, HardwarePageTable table)
            throws Failure, IOException, LiveUpdateException {
        VfioFactory vfio = await(VfioFactory.class);
        List<VfioDevice> devices = new ArrayList<>();
        for (PciDevice each : hardware) {
            VfioDevice device = vfio.open(each.address());
            device.attach(table);
            devices.add(device);
        }
        return devices;
    }

    private <T> T await(Class<T> type) throws Failure, IOException {
        return services.await(type, Performance.PATIENCE);
    }
}
