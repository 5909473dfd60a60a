package org.liveupdate.testkit;

import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Secrecy;

/** A pool whose allocations fail where {@link Faults} says so. */
record FaultyPool(Pool pool, Faults faults) implements Pool {
    @Override
    public String owner() {
        return pool.owner();
    }

    @Override
    public Region allocate(long size) {
        faults.allocating();
        return pool.allocate(size);
    }

    @Override
    public Region allocate(long size, Secrecy secrecy) {
        faults.allocating();
        return pool.allocate(size, secrecy);
    }

    @Override
    public Region region(long address) {
        return pool.region(address);
    }

    @Override
    public void free(long address) {
        pool.free(address);
    }

    @Override
    public long pages() {
        return pool.pages();
    }
}
