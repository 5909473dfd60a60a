package org.liveupdate.testkit;

import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;

/** Preserves files of the test kit: those that depend on an FLB under test, and those that fail next to a file under test. */
final class KitHandler implements FileHandler<KitFile> {
    private final String compatible;
    private volatile Errno preserveRefusal;
    private volatile Errno freezeRefusal;

    KitHandler(String compatible) {
        this.compatible = compatible;
    }

    String compatible() {
        return compatible;
    }

    /** From now on no file is preserved, or, with null, every one again. */
    void refusePreserve(Errno errno) {
        preserveRefusal = errno;
    }

    /** From now on every update is vetoed, or, with null, none. */
    void refuseFreeze(Errno errno) {
        freezeRefusal = errno;
    }

    private static void check(Errno refusal) throws LiveUpdateException {
        if (refusal != null) {
            throw new LiveUpdateException(refusal, "the test kit lets its own file fail");
        }
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof KitFile own && own.kind().equals(compatible);
    }

    @Override
    public Preserved<?> preserve(FileContext context, KitFile file) throws LiveUpdateException {
        check(preserveRefusal);
        return new Preserved<>(file.number(), null);
    }

    @Override
    public void unpreserve(FileContext context, KitFile file, long data, Object object) {
        // its data is all there is
    }

    @Override
    public long freeze(FileContext context, KitFile file, long data, Object object) throws LiveUpdateException {
        check(freezeRefusal);
        return data;
    }

    @Override
    public KitFile retrieve(FileContext context, long data) {
        return new KitFile(compatible, data);
    }

    @Override
    public void finish(FileContext context, KitFile file, long data, RetrieveStatus status) {
        // its data is all there is
    }
}
