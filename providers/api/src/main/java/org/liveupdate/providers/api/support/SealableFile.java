package org.liveupdate.providers.api.support;

import java.util.Set;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Seal;
import org.liveupdate.providers.api.memory.Sealable;

/** A {@link StoredFile} with seals. */
public abstract class SealableFile extends StoredFile implements Sealable {

    private final Custody custody;

    /** A file at position {@code position}; its custody has its seals. */
    protected SealableFile(String name, Custody custody, long position) {
        super(name, custody, position);
        this.custody = custody;
    }

    @Override
    public final Set<Seal> seals() throws ByteFileException {
        return custody.shared(bytes -> custody.seals());
    }

    @Override
    public final void addSeals(Set<Seal> seals) throws ByteFileException {
        custody.addSeals(Set.copyOf(seals));
    }
}
