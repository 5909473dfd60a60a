package org.liveupdate.demo.vm;

/** Under which tokens the session holds the guest. */
final class Token {
    static final String SESSION = "vm";
    static final long PLAN = 0;
    static final long LOW = 1;
    static final long HIGH = 2;
    static final long VM = 3;
    static final long PRIVATE = 4;
    static final long IOMMUFD = 5;
    /** Of the first device; the others follow. */
    static final long DEVICES = 6;
    /** Under which the iommufd marks the page table of the devices. */
    static final long PAGE_TABLE = 1;

    private Token() {}
}
