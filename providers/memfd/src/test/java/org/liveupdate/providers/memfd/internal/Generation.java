package org.liveupdate.providers.memfd.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.Pool;
import org.liveupdate.providers.api.memfd.Memfd;

/** One generation: handover memory, and the provider's pool in it. */
final class Generation implements AutoCloseable {

    final HandoverMemory memory;
    private final MemoryOptions options;

    Generation(HandoverMemory memory, MemoryOptions options) {
        this.memory = memory;
        this.options = options;
    }

    static Generation first(Path directory) throws IOException {
        return first(directory, MemoryOptions.DEFAULT_LIMIT_BYTES);
    }

    static Generation first(Path directory, long limitBytes) throws IOException {
        MemoryOptions options = new MemoryOptions(limitBytes);
        return new Generation(HandoverMemory.create(directory, options), options);
    }

    /** Freezes, and attaches the next generation to the same file; this one is fenced. */
    Generation next() throws IOException {
        memory.freeze();
        HandoverMemory attached =
                HandoverMemory.attach(memory.file().getParent(), memory.state(), MemoryOptions.defaults());
        memory.fence();
        memory.close();
        attached.thaw();
        return new Generation(attached, options);
    }

    Pool pool() {
        return memory.pool("org.liveupdate.providers.memfd");
    }

    Memfd create(String name) throws IOException {
        return new MemfdFactoryComponent(pool()).create(name);
    }

    /** Pages in use, whoever has them. */
    long pages() {
        return memory.statistics().usedPages();
    }

    long preservedPages() {
        return memory.statistics().preservedPages();
    }

    @Override
    public void close() throws IOException {
        memory.close();
    }
}
