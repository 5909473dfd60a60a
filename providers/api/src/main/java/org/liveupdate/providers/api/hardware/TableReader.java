package org.liveupdate.providers.api.hardware;

import org.osgi.annotation.versioning.ConsumerType;

/** Memory, as whoever walks translation tables reads it. */
@ConsumerType
@FunctionalInterface
public interface TableReader {

    /**
     * An entry of a table.
     *
     * @param address in handover memory, a multiple of 8; nothing is known about it
     * @return 8 bytes, read at once, little-endian
     * @throws IndexOutOfBoundsException if there is no table at that address
     */
    long entry(long address);
}
