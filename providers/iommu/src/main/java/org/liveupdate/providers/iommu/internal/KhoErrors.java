package org.liveupdate.providers.iommu.internal;

import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.providers.api.support.KhoErrno;

/** What a refusal of handover memory is to the user of an iommufd. */
final class KhoErrors {

    /** Something that changes tables. */
    @FunctionalInterface
    interface Change<T> {
        T run() throws LiveUpdateException;
    }

    private KhoErrors() {}

    /** Does something, and translates what handover memory refuses. */
    static <T> T translated(Change<T> change) throws LiveUpdateException {
        try {
            return change.run();
        } catch (KhoException e) {
            throw new LiveUpdateException(KhoErrno.of(e), e.getMessage());
        }
    }
}
