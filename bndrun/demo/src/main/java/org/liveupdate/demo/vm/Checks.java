package org.liveupdate.demo.vm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Table;
import org.liveupdate.demo.run.Units;
import org.liveupdate.demo.vm.DmaRing.Stamps;
import org.liveupdate.providers.api.hardware.Translation;
import org.liveupdate.providers.api.iommu.IommuCore;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.memory.Pin;
import org.liveupdate.providers.api.memory.Pinnable;
import org.liveupdate.providers.api.vfio.VfioDevice;

/** What has to be true of a guest, before and after a live update. */
final class Checks {
    private final Guest guest;
    private final Plan plan;

    /**
     * Checks of a guest.
     *
     * @param plan
     *            what it has to be
     */
    Checks(Guest guest, Plan plan) {
        this.guest = guest;
        this.plan = plan;
    }

    /** The guest reads through its memory slots what it wrote. */
    void memory() throws IOException, Failure {
        long address = guest.difference(new Pattern(plan.seed()));
        if (address >= 0) {
            throw new Failure("the guest's memory at " + Long.toHexString(address) + " is not what the guest wrote");
        }
    }

    /** Each device reaches each page of shared memory where the file has it, and nothing else. */
    long translations(IommuCore iommu) throws IOException, LiveUpdateException, Failure {
        long pages = 0;
        for (VfioDevice device : guest.devices()) {
            pages += translations(iommu, device, Memory.LOW, guest.low());
            pages += translations(iommu, device, Memory.HIGH, guest.high());
            for (long nowhere : List.of(Memory.LOW.end(), Memory.HIGH.end(), Memory.PRIVATE.start())) {
                if (!iommu.translate(device.address(), nowhere, false).faults()) {
                    throw new Failure("device " + device.address() + " reaches " + Long.toHexString(nowhere)
                            + ", where nothing is mapped");
                }
            }
        }
        return pages;
    }

    private static long translations(IommuCore iommu, VfioDevice device, Memory memory, Pinnable file)
            throws IOException, LiveUpdateException, Failure {
        long pages = 0;
        try (Pin pin = file.pin(0, memory.length())) {
            for (Extent extent : pin.extents()) {
                for (long at = 0; at < extent.length(); at += 4096) {
                    long address = memory.start() + extent.offset() + at;
                    Translation found = iommu.translate(device.address(), address, true);
                    if (!found.equals(Translation.to(extent.address() + at))) {
                        throw new Failure("device " + device.address() + " reaches " + found + " at "
                                + Long.toHexString(address) + " instead of " + (extent.address() + at));
                    }
                    pages++;
                }
            }
        }
        return pages;
    }

    /**
     * What the devices did while no JVM was in charge.
     *
     * @param from
     *            when it began, nanoseconds of the monotonic clock
     * @param until
     *            when it ended
     * @throws Failure
     *             if one stood still, has left something out, or has gone astray
     */
    Table devices(long from, long until) throws IOException, LiveUpdateException, Failure {
        Table table = new Table().left("device").left("writes to").right("written before").right("in the blackout")
                .right("until now").right("faults");
        List<DmaRing> rings = guest.rings();
        for (int index = 0; index < rings.size(); index++) {
            DmaRing ring = rings.get(index);
            String device = "device " + guest.devices().get(index).address();
            Stamps stamps = DmaRing.stamps(guest.read(ring.address(), DmaRing.BYTES), from, until);
            long before = plan.written().get(index);
            long now = ring.written();
            table.row(guest.devices().get(index).address().toString(), Guest.shared().get(index).name(),
                    Units.exact(before), Units.exact(stamps.number()), Units.exact(now), Units.exact(ring.faults()));
            if (stamps.number() == 0 || now <= before) {
                throw new Failure(device + " stood still during the live update: it had written " + before
                        + " stamps before, " + stamps.number() + " in the blackout, " + now + " until now");
            }
            if (!stamps.isGapless() || ring.faults() > 0) {
                throw new Failure(device + " lost something during the live update: " + stamps + ", " + ring.faults()
                        + " faults");
            }
        }
        return table;
    }

    /** Handover memory must not grow from generation to generation. */
    static void pages(List<Footprint> footprints) throws Failure {
        List<Long> pages = new ArrayList<>(footprints.stream().map(Footprint::pages).distinct().toList());
        if (pages.size() > 1) {
            throw new Failure("the same guest uses " + pages + " pages of handover memory in different generations");
        }
    }
}
