package org.liveupdate.providers.hardware;

import java.io.IOException;
import org.liveupdate.providers.api.hardware.Fault;
import org.liveupdate.providers.api.hardware.IommuRegisters;
import org.liveupdate.providers.api.hardware.TableWalk;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.pci.PciAddress;

/** How a device reaches memory: through the IOMMU in front of it. Confined to one thread. */
final class BusMaster implements AutoCloseable {

    private final IommuRegisters iommu;
    private final int bdf;
    /** Null before the IOMMU knows one. */
    private DeviceMemory memory;
    /** For which setting of the IOMMU {@link #memory} is. */
    private long memoryCount;

    BusMaster(IommuRegisters iommu, PciAddress address) {
        this.iommu = iommu;
        this.bdf = address.bdf();
        // a device that was killed in the middle of an access
        iommu.endAccess(bdf);
    }

    /**
     * Writes two words, the second one first, so that whoever sees the first sees both.
     *
     * @param iova a multiple of 16
     * @return null, or why the IOMMU refused: then it has counted a fault
     */
    Fault write(long iova, long first, long second) throws IOException {
        iommu.beginAccess(bdf);
        try {
            Translation translation = translate(iova);
            if (translation.faults()) {
                iommu.fault(bdf, iova, true, translation.fault());
            } else {
                memory.write(translation.address() + Long.BYTES, second);
                memory.write(translation.address(), first);
            }
            return translation.fault();
        } finally {
            iommu.endAccess(bdf);
        }
    }

    private Translation translate(long iova) throws IOException {
        long root = iommu.root();
        if (root == 0) {
            return Translation.refused(Fault.OFF);
        }
        if (memory == null || memoryCount != iommu.memoryCount()) {
            close();
            memoryCount = iommu.memoryCount();
            memory = new DeviceMemory(iommu.memory());
        }
        Translation translation = new TableWalk(memory).device(root, bdf, iova, true);
        return translation.faults() ? translation : present(translation);
    }

    /** What page tables refer to may still not be memory. */
    private Translation present(Translation translation) {
        try {
            memory.entry(translation.address() + Long.BYTES);
            return translation;
        } catch (IndexOutOfBoundsException e) {
            return Translation.refused(Fault.BAD_TABLE);
        }
    }

    @Override
    public void close() throws IOException {
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }
}
