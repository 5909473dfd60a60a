package org.liveupdate.core.luo;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;

/** Crashes whenever it is called. */
final class CrashingHandler implements FileHandler<Object> {
    private static IllegalStateException crash() {
        return new IllegalStateException("this handler is broken");
    }

    @Override
    public boolean canPreserve(Object file) {
        throw crash();
    }

    @Override
    public Preserved<?> preserve(FileContext context, Object file) {
        throw crash();
    }

    @Override
    public void unpreserve(FileContext context, Object file, long data, Object object) {
        throw crash();
    }

    @Override
    public Object retrieve(FileContext context, long data) {
        throw crash();
    }

    @Override
    public void finish(FileContext context, Object file, long data, RetrieveStatus status) {
        throw crash();
    }
}
