package org.liveupdate.providers.api.memory;

import java.io.IOException;
import org.osgi.annotation.versioning.ProviderType;

/** A file whose bytes can be kept in place for a device. Thread safe. */
@ProviderType
public interface Pinnable {

    /**
     * Pins a range. A device may write through it: no {@link Seal#WRITE} is added while a pin is open, so whoever lets it
     * write checks {@link Sealable#seals()} once after pinning. Unless the file is sealed against writing, its bytes are
     * preserved without a checksum meanwhile ({@link org.liveupdate.kho.Region#writtenByDevices}).
     *
     * @param offset in bytes
     * @param length in bytes, at least 1
     * @return an open pin, never null
     * @throws IOException a {@link ByteFileException}: {@code EINVAL} the range is empty or not inside the file;
     *         {@code EBUSY} a live update is under way; {@code EIO} the bytes are not what the image says;
     *         {@code EOPNOTSUPP} its bytes are not in handover memory, but on hugetlbfs; {@code EBADF} closed;
     *         {@code ENODEV} its provider has left
     */
    Pin pin(long offset, long length) throws IOException;
}
