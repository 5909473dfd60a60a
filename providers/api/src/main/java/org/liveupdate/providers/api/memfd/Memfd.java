package org.liveupdate.providers.api.memfd;

import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.Pinnable;
import org.liveupdate.providers.api.memory.Sealable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An anonymous file of bytes ({@code memfd_create(2)}). It grows by writing and by {@link #truncate}; preserving it copies
 * no byte.
 */
@ProviderType
public interface Memfd extends ByteFile, Sealable, Pinnable {}
