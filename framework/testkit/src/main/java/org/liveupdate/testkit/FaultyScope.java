package org.liveupdate.testkit;

import java.util.List;
import org.liveupdate.kho.Block;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.kho.Secrecy;

/** A scope whose allocations and restorings fail where {@link Faults} says so. */
record FaultyScope(Scope scope, Faults faults) implements Scope {
    @Override
    public long id() {
        return scope.id();
    }

    @Override
    public String owner() {
        return scope.owner();
    }

    @Override
    public Pool pool() {
        return new FaultyPool(scope.pool(), faults);
    }

    @Override
    public Region allocPreserve(long size) {
        faults.allocating();
        return scope.allocPreserve(size);
    }

    @Override
    public Region allocPreserve(long size, Secrecy secrecy) {
        faults.allocating();
        return scope.allocPreserve(size, secrecy);
    }

    @Override
    public void unpreserveFree(long address) {
        scope.unpreserveFree(address);
    }

    @Override
    public void preserve(long address) {
        scope.preserve(address);
    }

    @Override
    public void unpreserve(long address) {
        scope.unpreserve(address);
    }

    @Override
    public Region restore(long address) {
        faults.restoring();
        return scope.restore(address);
    }

    @Override
    public void restoreFree(long address) {
        scope.restoreFree(address);
    }

    @Override
    public Region region(long address) {
        return scope.region(address);
    }

    @Override
    public void requireIntact() {
        scope.requireIntact();
    }

    @Override
    public long pages() {
        return scope.pages();
    }

    @Override
    public List<Block> blocks() {
        return scope.blocks();
    }
}
