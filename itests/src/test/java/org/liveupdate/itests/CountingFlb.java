package org.liveupdate.itests;

import java.util.concurrent.atomic.AtomicInteger;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;

/** An FLB that counts its callbacks. */
class CountingFlb implements Flb<String> {
    final AtomicInteger preserved = new AtomicInteger();
    final AtomicInteger unpreserved = new AtomicInteger();
    final AtomicInteger retrieved = new AtomicInteger();
    final AtomicInteger finished = new AtomicInteger();

    @Override
    public Preserved<String> preserve(FlbContext context) throws LiveUpdateException {
        return new Preserved<>(preserved.incrementAndGet(), "object " + preserved.get());
    }

    @Override
    public void unpreserve(FlbContext context, long data, String object) {
        unpreserved.incrementAndGet();
    }

    @Override
    public String retrieve(FlbContext context, long data) throws LiveUpdateException {
        return "retrieved " + retrieved.incrementAndGet();
    }

    @Override
    public void finish(FlbContext context, long data, String object) {
        finished.incrementAndGet();
    }
}
