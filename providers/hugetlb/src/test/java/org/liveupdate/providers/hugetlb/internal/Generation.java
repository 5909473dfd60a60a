package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.Pool;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;

/** One generation: handover memory, the provider's components, and a core of sorts. */
final class Generation implements AutoCloseable {

    static final long MIB_2 = 2L << 20;
    static final long GIB_1 = 1L << 30;

    final HandoverMemory memory;
    Hugetlb hugetlb;
    HugetlbFlb flb;
    HugeMemfdHandler handler;
    final Flbs flbs;
    private final Map<String, String> properties;
    private HugeMemfdFactoryComponent factory;

    Generation(HandoverMemory memory, Map<String, String> properties) {
        this.memory = memory;
        this.properties = properties;
        this.flbs = new Flbs(this);
        use(new Hugetlb(properties::get, Path.of("no sysfs")));
    }

    private void use(Hugetlb next) {
        hugetlb = next;
        flb = new HugetlbFlb(next);
        handler = new HugeMemfdHandler(next);
        factory = null;
    }

    /** Another version of the provider, which knows nothing of the present one, takes its place; it goes on to exist. */
    Hugetlb swap(Held... files) throws LiveUpdateException {
        Hugetlb old = hugetlb;
        Hugetlb next = new Hugetlb(properties::get, Path.of("no sysfs"));
        new HugeMemfdFactoryComponent(next, pool(), flbs.service());
        move(next, files);
        return old;
    }

    /** What is preserved or handed over is detached from the present provider and attached to another one. */
    void move(Hugetlb next, Held... files) throws LiveUpdateException {
        for (Held held : files) {
            held.detach();
        }
        flbs.detach();
        use(next);
        flbs.attach();
        for (Held held : files) {
            held.attach();
        }
    }

    static Generation first(Path directory, Map<String, String> properties) throws IOException {
        return first(directory, properties, MemoryOptions.DEFAULT_LIMIT_BYTES);
    }

    static Generation first(Path directory, Map<String, String> properties, long limitBytes) throws IOException {
        return new Generation(HandoverMemory.create(directory, new MemoryOptions(limitBytes)), properties);
    }

    Generation next() throws IOException {
        return next(properties);
    }

    /** Freezes, and attaches the next generation to the same file; this one is fenced. */
    Generation next(Map<String, String> nextProperties) throws IOException {
        memory.freeze();
        HandoverMemory attached =
                HandoverMemory.attach(memory.file().getParent(), memory.state(), MemoryOptions.defaults());
        memory.fence();
        memory.close();
        attached.thaw();
        Generation next = new Generation(attached, nextProperties);
        next.flbs.inherit(flbs);
        return next;
    }

    /** The present provider stops without having been asked for this preserved file; another version takes over. */
    void revoke(Held file) throws IOException, LiveUpdateException {
        file.scope.reset();
        flbs.revoke();
        hugetlb.stop();
        use(new Hugetlb(properties::get, Path.of("no sysfs")));
        flbs.attach();
        file.attach();
    }

    Pool pool() {
        return memory.pool("org.liveupdate.providers.hugetlb");
    }

    HugeMemfdFactoryComponent factory() {
        if (factory == null) {
            factory = new HugeMemfdFactoryComponent(hugetlb, pool(), flbs.service());
        }
        return factory;
    }

    HugeMemfd create(long pages) throws IOException {
        return factory().create("test", pages * MIB_2, MIB_2);
    }

    /** Pages of 2 MiB that files of this generation have. */
    long taken() {
        return hugetlb.counts().taken(PageSize.ofBytes(MIB_2));
    }

    /** Pages of 4096 bytes in use, whoever has them. */
    long pages() {
        return memory.statistics().usedPages();
    }

    @Override
    public void close() throws IOException {
        hugetlb.stop();
        memory.close();
    }
}
