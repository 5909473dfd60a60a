package org.liveupdate.providers.memfd.internal;

import org.liveupdate.kho.Pool;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.support.StoredFile;
import org.liveupdate.providers.api.support.Unfreed;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Creates memfds, as soon as and as long as there is handover memory to put them into. */
@Component
public final class MemfdFactoryComponent implements MemfdFactory {

    private final Pool pool;
    private final Unfreed unfreed = new Unfreed();

    /** Called by DS. */
    @Activate
    public MemfdFactoryComponent(@Reference Pool pool) {
        this.pool = pool;
    }

    @Override
    public Memfd create(String name) throws ByteFileException {
        StoredFile.checkName(name);
        unfreed.retry();
        return MemfdFile.of(name, new BlockStorage(pool), 0, unfreed);
    }
}
