package org.liveupdate.providers.api.iommu;

import java.util.Objects;
import org.liveupdate.providers.api.memory.ByteFile;

/**
 * A range of a file that is mapped in an address space.
 *
 * @param iova where it starts, in IO virtual addresses
 * @param length in bytes
 * @param file not null
 * @param offset where it starts in the file, in bytes
 * @param writable whether devices may write
 */
public record Mapping(long iova, long length, ByteFile file, long offset, boolean writable) {

    /** Checks that nothing is null. */
    public Mapping {
        Objects.requireNonNull(file, "file");
    }
}
