package org.liveupdate.providers.kvm.internal;

/** On huge pages: a small kind of them, so that memory lasts. */
class HugeGuestMemfdContractTest extends GuestMemfdContract {

    @Override
    long pageSize() {
        return CountingPool.KIB_64;
    }

    @Override
    public String compatible() {
        return GuestMemfdLayout.HUGE_COMPATIBLE;
    }
}
