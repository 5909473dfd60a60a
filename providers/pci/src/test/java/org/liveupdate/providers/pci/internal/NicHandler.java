package org.liveupdate.providers.pci.internal;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciCore;

/** A driver's file handler: a file is the device's address, and so is its data. */
final class NicHandler implements FileHandler<PciAddress> {

    static final String COMPATIBLE = "nic-v1";

    private final PciCore pci;
    /** Whether the driver finishes its devices, as it must. */
    boolean finishes = true;

    NicHandler(PciCore pci) {
        this.pci = pci;
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof PciAddress;
    }

    @Override
    public Preserved<?> preserve(FileContext context, PciAddress file) throws LiveUpdateException {
        pci.preserve(context, file);
        return new Preserved<>((long) file.domain() << 16 | file.bdf(), null);
    }

    @Override
    public void unpreserve(FileContext context, PciAddress file, long data, Object object) {
        try {
            pci.unpreserve(context, file);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public PciAddress retrieve(FileContext context, long data) {
        return address(data);
    }

    private static PciAddress address(long data) {
        return PciAddress.of((int) (data >> 16), (int) data & 0xffff);
    }

    @Override
    public void finish(FileContext context, PciAddress file, long data, RetrieveStatus status) {
        if (finishes) {
            try {
                pci.finish(context, address(data));
            } catch (LiveUpdateException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }
}
