package org.liveupdate.providers.kvm.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.providers.api.hugetlb.HugePages;
import org.liveupdate.providers.api.kvm.KvmFactory;

/** One generation: a core, the provider, and huge pages of another one. */
final class Generation implements AutoCloseable {

    private static final FlbKey<HugePages> KEY = new FlbKey<>(HugePages.COMPATIBLE, HugePages.class);

    private final Path directory;
    private final LiveUpdateFactory.Instance core;
    final CountingPool hugePages = new CountingPool(8);
    private final CountersFlb flb = new CountersFlb();
    Kvm kvm;
    KvmFactory factory;
    Tampering<VmFile> vms;
    Tampering<GuestMemfdFile> memory;
    Tampering<GuestMemfdFile> hugeMemory;

    private Generation(Path directory, Map<String, String> properties) throws IOException, LiveUpdateException {
        this.directory = directory;
        this.core = LiveUpdateFactory.find().create(directory, properties);
    }

    static Generation first(Path directory) throws IOException, LiveUpdateException {
        Generation first = new Generation(directory, Map.of("liveupdate.memory.limit", Long.toString(16 << 20)));
        first.startProvider();
        return first;
    }

    /** A live update: the next generation, in charge; this one is fenced. */
    Generation next() throws IOException, LiveUpdateException {
        long number = core.handover().commit(System.nanoTime());
        Generation next = new Generation(directory, Map.of("liveupdate.role", "successor"));
        next.core.handover().claim(number);
        next.core.handover().confirm();
        core.handover().fence();
        core.close();
        next.startProvider();
        return next;
    }

    /** Freezes everything, which may be refused, and takes it back. */
    void freezeAndTakeBack() throws LiveUpdateException {
        core.handover().commit(System.nanoTime());
        core.handover().takeBack();
        core.handover().resume();
    }

    private LiveUpdateFactory.Agent provider() {
        return core.agent("org.liveupdate.providers.kvm");
    }

    /** A version of the provider's bundle that knows nothing of the one before. */
    void startProvider() throws LiveUpdateException {
        provider().going(false);
        kvm = new Kvm();
        KvmFactoryComponent component = new KvmFactoryComponent(kvm, provider().pool());
        component.bindHugePages(hugePages);
        factory = component;
        vms = new Tampering<>(new VmHandler(kvm));
        memory = new Tampering<>(new GuestMemfdHandler(kvm, false));
        hugeMemory = new Tampering<>(new HugeGuestMemfdHandler(kvm));
        LiveUpdate registry = provider().liveUpdate();
        registry.registerHandler(VmLayout.COMPATIBLE, vms);
        registry.registerHandler(GuestMemfdLayout.COMPATIBLE, memory);
        registry.registerHandler(GuestMemfdLayout.HUGE_COMPATIBLE, hugeMemory);
        core.agent("hugetlb").liveUpdate().registerFlb(hugeMemory, HugePages.COMPATIBLE, flb);
    }

    /** The provider's bundle stops, and another version of it starts. */
    void replaceProvider() throws LiveUpdateException {
        provider().leave();
        startProvider();
    }

    LiveUpdate user() {
        return core.agent("user").liveUpdate();
    }

    /** Pages of 64 KiB that the FLB counts on the outgoing side, or on the incoming. */
    long counted(boolean outgoing) throws LiveUpdateException {
        try (FlbHandle<HugePages> handle = outgoing ? user().getOutgoing(KEY) : user().getIncoming(KEY)) {
            return handle.get().pages(CountingPool.KIB_64);
        }
    }

    /** Pages of handover memory in use, whoever has them. */
    long pages() {
        return core.runtime().getRuntimeDTO().memory.usedPages;
    }

    @Override
    public void close() throws IOException {
        core.close();
    }
}
