package org.liveupdate.providers.api.memory;

import java.io.IOException;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A file that can be made to keep its size or its bytes, so that whoever gets it can rely on them ({@code F_ADD_SEALS},
 * {@code F_GET_SEALS}). A new file has no seals; none is ever taken away, and a live update keeps them.
 *
 * <p>What a seal forbids is {@code EPERM} from then on. Safe for use by several threads: a change under way has ended when
 * the seal is there.
 */
@ProviderType
public interface Sealable {

    /**
     * The seals the file has.
     *
     * @return a copy, never null
     * @throws IOException a {@link ByteFileException}: {@code EBADF} closed; {@code ENODEV} its provider has left
     */
    Set<Seal> seals() throws IOException;

    /**
     * Adds seals; those that are there already change nothing. Allowed while the file is preserved.
     *
     * @param seals not null
     * @throws IOException a {@link ByteFileException}, and nothing has changed: {@code EPERM} the file has
     *         {@link Seal#SEAL}; {@code EBUSY} {@link Seal#WRITE} is to be added while the file is pinned, since a device may
     *         be writing, or a live update is under way; {@code EBADF} closed; {@code ENODEV} its provider has left
     */
    void addSeals(Set<Seal> seals) throws IOException;
}
