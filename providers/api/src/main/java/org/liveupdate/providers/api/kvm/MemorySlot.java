package org.liveupdate.providers.api.kvm;

import java.util.Objects;
import org.liveupdate.providers.api.memory.ByteFile;

/**
 * Which part of a file a guest has at which addresses; whole pages.
 *
 * @param guestAddress of the first byte, guest-physical, in bytes
 * @param file where the bytes are: a memfd, a huge memfd, a {@link GuestMemfd}; not null
 * @param offset of the first byte in the file, in bytes
 * @param length in bytes
 */
public record MemorySlot(long guestAddress, ByteFile file, long offset, long length) {

    /** Checks that there is a file, and nothing else: {@link Vm#addSlot} does. */
    public MemorySlot {
        Objects.requireNonNull(file, "file");
    }
}
