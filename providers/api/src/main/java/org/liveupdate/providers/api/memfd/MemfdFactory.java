package org.liveupdate.providers.api.memfd;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** Creates memfds. An OSGi service, present while this generation is in charge of handover memory. Thread safe. */
@ProviderType
public interface MemfdFactory {

    /**
     * Creates an empty file.
     *
     * @param name for people, not null; several files may have the same
     * @return the file, open, size and position 0
     * @throws IOException a {@link org.liveupdate.providers.api.memory.ByteFileException}: {@code EINVAL} if the name is
     *         longer than 249 bytes of UTF-8, as on Linux
     */
    Memfd create(String name) throws IOException;
}
