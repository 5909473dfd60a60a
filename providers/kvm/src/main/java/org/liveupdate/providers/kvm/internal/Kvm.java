package org.liveupdate.providers.kvm.internal;

import org.liveupdate.providers.api.support.Unfreed;

/** What the handlers and the factory of this bundle share. Needs no handover memory, so that the handlers do not either. */
final class Kvm {

    private final HugePageAccount hugePages = new HugePageAccount();
    private final Reunions reunions = new Reunions();
    private final Unfreed unfreed = new Unfreed();

    /** The huge pages that files of this bundle have. */
    HugePageAccount hugePages() {
        return hugePages;
    }

    /** Where machines and their memory find each other after a change of owner. */
    Reunions reunions() {
        return reunions;
    }

    /** Where the pages of files wait that cannot be freed yet. */
    Unfreed unfreed() {
        return unfreed;
    }
}
