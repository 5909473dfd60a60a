package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.itests.e2e.Await;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.iommu.HardwarePageTable;
import org.liveupdate.providers.api.iommu.IoAddressSpace;
import org.liveupdate.providers.api.iommu.IommuCore;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.iommu.IommufdFactory;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.KvmFactory;
import org.liveupdate.providers.api.kvm.MemorySlot;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.pci.PciCore;
import org.liveupdate.providers.api.pci.PciDevice;
import org.liveupdate.providers.api.vfio.VfioDevice;
import org.liveupdate.providers.api.vfio.VfioFactory;
import org.osgi.framework.BundleContext;

/**
 * A guest with memory of three kinds and two devices that write to it, as the present versions of the providers serve it.
 *
 * <pre>
 *   0       low memory, memfd         device 1 writes to its second half
 *   1 GiB   high memory, huge memfd   device 2 writes to its second half
 *   2 GiB   private memory, guest_memfd on a huge page
 * </pre>
 *
 * @param files
 *            low, high, and private memory
 * @param devices
 *            in the order of the memory that they write to
 */
record SmallGuest(List<ByteFile> files, Vm vm, Iommufd iommufd, List<VfioDevice> devices) {
    static final int HUGE_PAGE = 2 << 20;
    static final int SHARED_HUGE_PAGES = 2;
    private static final int PAGE = 4096;
    private static final int LOW_BYTES = 32 * PAGE;
    private static final long GAP = 1L << 30;
    private static final Set<Seal> FIXED = EnumSet.of(Seal.SEAL, Seal.GROW, Seal.SHRINK);
    private static final long PERIOD_NANOS = 100_000;
    /** Tokens: files, machine, iommufd, devices, in the order in which they are preserved. */
    private static final int VM = 3;
    private static final int IOMMUFD = 4;
    private static final int DEVICES = 5;
    private static final int TABLE = 77;

    /** A new one, at work, of the factories that are there now. */
    static SmallGuest create(BundleContext context, long seed) throws Exception {
        Memfd low = service(context, MemfdFactory.class).create("low");
        low.truncate(LOW_BYTES);
        low.addSeals(FIXED);
        HugeMemfd high =
                service(context, HugeMemfdFactory.class).create("high", SHARED_HUGE_PAGES * HUGE_PAGE, HUGE_PAGE);
        high.addSeals(FIXED);
        KvmFactory kvm = service(context, KvmFactory.class);
        Vm vm = kvm.createVm("guest", Vm.TYPE_DEFAULT);
        GuestMemfd own = kvm.createGuestMemfd(vm, HUGE_PAGE, GuestMemfd.FLAG_MMAP | GuestMemfd.FLAG_INIT_SHARED,
                HUGE_PAGE);
        Iommufd iommufd = service(context, IommufdFactory.class).open("guest");
        IoAddressSpace addresses = iommufd.allocateAddressSpace();
        addresses.map(0, low.size(), low, 0, true);
        addresses.map(GAP, high.size(), high, 0, true);
        addresses.allocatePageTable().preserve(TABLE);
        SmallGuest guest = new SmallGuest(List.of(low, high, own), vm, iommufd, devices(context));
        guest.addSlots();
        for (int file = 0; file < guest.files.size(); file++) {
            vm.write(file * GAP, ByteBuffer.wrap(guest.bytes(file, seed)));
        }
        guest.attach();
        guest.start();
        return guest;
    }

    private static List<VfioDevice> devices(BundleContext context) throws LiveUpdateException {
        PciCore pci = service(context, PciCore.class);
        List<VfioDevice> opened = new ArrayList<>();
        for (PciDevice device : pci.devices().stream().filter(each -> each.address().bus() > 0).toList()) {
            pci.overrideDriver(device.address(), VfioFactory.DRIVER);
            if (pci.driver(device.address()).isEmpty()) {
                pci.bind(device.address(), VfioFactory.DRIVER);
            }
            opened.add(service(context, VfioFactory.class).open(device.address()));
        }
        return opened;
    }

    private static <T> T service(BundleContext context, Class<T> type) {
        return context.getService(context.getServiceReference(type));
    }

    /** The guest that a session holds. */
    static SmallGuest of(Session session) throws Exception {
        SmallGuest guest = new SmallGuest(
                List.of(open(session, 0, Memfd.class), open(session, 1, HugeMemfd.class),
                        open(session, 2, GuestMemfd.class)),
                open(session, VM, Vm.class), open(session, IOMMUFD, Iommufd.class),
                List.of(open(session, DEVICES, VfioDevice.class), open(session, DEVICES + 1, VfioDevice.class)));
        guest.addSlots();
        return guest;
    }

    private static <F> F open(Session session, long token, Class<F> type) throws LiveUpdateException {
        try (FileHandle<F> handle = session.open(token, type)) {
            return handle.get();
        }
    }

    /** In the order of their tokens. */
    List<AutoCloseable> parts() {
        List<AutoCloseable> parts = new ArrayList<>(files);
        parts.add(vm);
        parts.add(iommufd);
        parts.addAll(devices);
        return parts;
    }

    void preserve(Session session) throws LiveUpdateException {
        List<AutoCloseable> parts = parts();
        for (int token = 0; token < parts.size(); token++) {
            session.preserve(token, parts.get(token));
        }
    }

    /** Slots are not preserved. */
    private void addSlots() throws IOException {
        for (int file = 0; file < files.size(); file++) {
            vm.addSlot(new MemorySlot(file * GAP, files.get(file), 0, files.get(file).size()));
        }
    }

    /** To the page table, whether it is for the first time or once more. */
    void attach() throws LiveUpdateException {
        HardwarePageTable table = iommufd.pageTables().get(0);
        for (VfioDevice device : devices) {
            device.attach(table);
        }
    }

    private void start() throws IOException, LiveUpdateException {
        for (int device = 0; device < devices.size(); device++) {
            long half = files.get(device).size() / 2;
            devices.get(device).write(DeviceRegisters.RING, device * GAP + half);
            devices.get(device).write(DeviceRegisters.ENTRIES, half / DeviceRegisters.ENTRY_BYTES);
            devices.get(device).write(DeviceRegisters.PERIOD, PERIOD_NANOS);
            devices.get(device).write(DeviceRegisters.CONTROL, DeviceRegisters.RUN);
        }
    }

    /** What is in the memory that no device writes to: all of private memory, the first half of the others. */
    private byte[] bytes(int file, long seed) throws IOException {
        byte[] bytes = new byte[(int) (file < devices.size() ? files.get(file).size() / 2 : files.get(file).size())];
        new Random(seed + file).nextBytes(bytes);
        return bytes;
    }

    /** The guest reads what it wrote. */
    void requireMemory(long seed) throws IOException {
        for (int file = 0; file < files.size(); file++) {
            ByteBuffer expected = ByteBuffer.wrap(bytes(file, seed));
            ByteBuffer found = ByteBuffer.allocate(expected.capacity());
            vm.read(file * GAP, found);
            assertEquals(-1, expected.mismatch(found.flip()), "first wrong byte of file " + file);
        }
    }

    /** Each device writes more, and none of its accesses has gone nowhere. */
    void requireDma() throws LiveUpdateException {
        for (VfioDevice device : devices) {
            long before = device.read(DeviceRegisters.SEQUENCE);
            Await.until("a write of device " + device.address(), () -> written(device) > before);
            assertEquals(0, device.read(DeviceRegisters.FAULTS));
        }
    }

    private static long written(VfioDevice device) {
        try {
            return device.read(DeviceRegisters.SEQUENCE);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where each device's accesses end, a page of each file and of nothing between them. */
    List<Translation> translations(IommuCore iommu) throws IOException, LiveUpdateException {
        List<Translation> found = new ArrayList<>();
        for (VfioDevice device : devices) {
            for (int file = 0; file < files.size(); file++) {
                for (long offset = 0; offset <= files.get(file).size(); offset += PAGE) {
                    found.add(iommu.translate(device.address(), file * GAP + offset, true));
                }
            }
        }
        return found;
    }

    /** Lets go of everything. */
    void close() throws Exception {
        List<AutoCloseable> parts = parts();
        for (int token = parts.size() - 1; token >= 0; token--) {
            parts.get(token).close();
        }
    }
}
