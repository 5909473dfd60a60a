package org.liveupdate.providers.iommu.internal;

import java.util.List;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * Whose the translations are: they come from a previous generation or owner, and go to the next. Guarded by the lock of
 * {@link Iommu}.
 */
final class Transfers {

    private final Object lock;
    /** Null for none. */
    private final Unit unit;
    private final Attachments attachments;
    private final DomainNumbers numbers;
    /** Whether devices that are not preserved are cut off, because a live update is coming. */
    private boolean suspended;

    Transfers(Object lock, Unit unit, Attachments attachments, DomainNumbers numbers) {
        this.lock = lock;
        this.unit = unit;
        this.attachments = attachments;
        this.numbers = numbers;
    }

    /** Whether devices that are not preserved are cut off, because a live update is coming; with the lock held. */
    boolean isSuspended() {
        return suspended;
    }

    /**
     * Goes on with what was read, if all of it fits together; else nothing has changed.
     *
     * @param handover whether it came with a live update, rather than from another owner
     */
    void adopt(PreservedState state, StateReader reader, boolean handover) throws UntrustedException {
        synchronized (lock) {
            Adoption adoption = new Adoption(state, reader, handover);
            RootTable root = adoption.root(unit);
            adoption.check(root);
            if (root != null) {
                unit.adopt(root);
            }
            adoption.enter(attachments, numbers);
        }
    }

    /**
     * The state of one side ends.
     *
     * @throws UntrustedException if a device would go on translating through what was preserved there
     */
    void forget(PreservedState state) throws UntrustedException {
        synchronized (lock) {
            List<PciAddress> attached = attachments.devices(attachment -> attachment.domain.state == state);
            if (!attached.isEmpty()) {
                throw new UntrustedException(attached.toString(),
                        "still attached to a page table that nobody has finished");
            }
            state.entered().forEach(domain -> {
                domain.table().tables().forget();
                numbers.giveBack(domain);
            });
        }
    }

    /** Another owner gets the state of one side, and what is preserved in it. */
    void leave(PreservedState state) throws LiveUpdateException {
        synchronized (lock) {
            boolean hasRoot = unit != null && unit.root() != null && unit.root().tables().scope() == state.scope();
            try {
                if (hasRoot) {
                    cutOff(unheld());
                }
            } finally {
                attachments.forget(state);
                if (hasRoot) {
                    unit.leave();
                }
            }
        }
    }

    /** A live update is coming: who is not preserved must not go on. */
    void suspend(PreservedState state) throws LiveUpdateException {
        synchronized (lock) {
            suspended = true;
            if (unit == null || unit.root() == null) {
                return;
            }
            boolean done = false;
            try {
                if (unit.root().tables().scope() == state.scope()) {
                    for (PciAddress device : unpreserved()) {
                        unit.root().detach(device.bdf());
                        unit.awaitEndOfAccess(device.bdf());
                    }
                } else {
                    unit.switchOff();
                }
                done = true;
            } finally {
                if (!done) {
                    resume();
                }
            }
        }
    }

    /** It did not come. */
    void resume() {
        synchronized (lock) {
            suspended = false;
            if (unit == null || unit.root() == null) {
                return;
            }
            for (PciAddress device : unpreserved()) {
                Domain domain = attachments.get(device).domain;
                unit.root().attach(device.bdf(), domain.table().top(), domain.number);
            }
            unit.switchOn();
        }
    }

    /** Detaches devices for good, with the lock held; one that does not end its access is detached all the same. */
    void cutOff(List<PciAddress> devices) throws LiveUpdateException {
        for (PciAddress device : devices) {
            unit.root().detach(device.bdf());
            attachments.remove(device);
        }
        for (PciAddress device : devices) {
            unit.awaitEndOfAccess(device.bdf());
        }
    }

    /** Devices of page tables that no preserved state has. */
    List<PciAddress> unheld() {
        return attachments.devices(attachment -> attachment.domain.state == null);
    }

    private List<PciAddress> unpreserved() {
        return attachments.devices(attachment -> attachment.outgoing == null);
    }
}
