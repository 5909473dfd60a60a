package org.liveupdate.testkit;

import org.liveupdate.api.Errno;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;

/** An FLB of the test kit that fails: a sibling of those under test. */
final class KitFlb implements Flb<Object> {
    /** Its compatible string. */
    static final String COMPATIBLE = "org.liveupdate.testkit.failing";

    @Override
    public Preserved<Object> preserve(FlbContext context) throws LiveUpdateException {
        throw new LiveUpdateException(Errno.EIO, "the test kit lets its own FLB fail");
    }

    @Override
    public void unpreserve(FlbContext context, long data, Object object) {
        throw new IllegalStateException("was never preserved");
    }

    @Override
    public Object retrieve(FlbContext context, long data) {
        throw new IllegalStateException("was never preserved");
    }

    @Override
    public void finish(FlbContext context, long data, Object object) {
        throw new IllegalStateException("was never preserved");
    }
}
