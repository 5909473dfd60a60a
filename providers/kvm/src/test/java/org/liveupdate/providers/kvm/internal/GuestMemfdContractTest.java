package org.liveupdate.providers.kvm.internal;

/** On pages of 4096 bytes. */
class GuestMemfdContractTest extends GuestMemfdContract {

    @Override
    long pageSize() {
        return GuestPages.BASE_BYTES;
    }

    @Override
    public String compatible() {
        return GuestMemfdLayout.COMPATIBLE;
    }
}
