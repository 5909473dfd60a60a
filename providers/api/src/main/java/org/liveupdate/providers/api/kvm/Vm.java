package org.liveupdate.providers.api.kvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A virtual machine (what {@code KVM_CREATE_VM} returns), as far as its memory goes: slots map guest-physical addresses to
 * files, attributes say what the guest made of its pages.
 *
 * <p>Preserving it in a session keeps the type and the attributes. The slots are not kept, as on Linux: whoever retrieves
 * the machine adds them again. While it is preserved, its attributes stay as they are ({@code EPERM}); slots can change.
 *
 * <p>Safe for use by several threads. Addresses and lengths are in bytes; no argument may be null. Every
 * {@link IOException} is a {@link org.liveupdate.providers.api.memory.ByteFileException}, those of the files that back a
 * slot included: {@code EBADF} after close · {@code EIO} the machine is dead · {@code ENODEV} the provider that served it
 * has left: open it again in its session, and add its slots.
 */
@ProviderType
public interface Vm extends AutoCloseable {

    /** The type of an ordinary machine: the host may see all of its memory. */
    long TYPE_DEFAULT = 0;

    /** The type of a machine with private memory ({@code KVM_X86_SW_PROTECTED_VM}): its guest memory is not preserved. */
    long TYPE_SW_PROTECTED = 1;

    /** The attribute of a page that is the guest's alone; only machines with private memory have it. */
    long ATTRIBUTE_PRIVATE = 1L << 3;

    /** The size of a page, in bytes: slots and attributes concern whole pages. */
    long PAGE_BYTES = 4096;

    /** The name it was created with, for people; in the successor one that the provider made up. Never null. */
    String name();

    /** The type it was created with. */
    long type() throws IOException;

    /**
     * Maps guest addresses to a file, as an additional slot ({@code KVM_SET_USER_MEMORY_REGION}). The file stays the
     * caller's: when that is closed or shortened, accesses fail.
     *
     * @param slot a file and what part of it, at which guest address
     * @throws IOException {@code EINVAL} address, offset or length is negative, or not whole pages; the length is 0; the
     *         range is not inside the file; or the file is a {@link GuestMemfd} of another machine · {@code EEXIST} another
     *         slot has one of the addresses
     */
    void addSlot(MemorySlot slot) throws IOException;

    /**
     * Takes a slot away.
     *
     * @param guestAddress where it starts
     * @throws IOException {@code ENOENT} if no slot starts there
     */
    void removeSlot(long guestAddress) throws IOException;

    /** The slots by guest address; a copy, never null. */
    List<MemorySlot> slots() throws IOException;

    /**
     * Reads as the guest would: through the slots.
     *
     * @param guestAddress where to begin
     * @param target filled from its position to its limit
     * @throws IOException {@code EFAULT} if not every address is in a slot whose file reaches so far; what was read until
     *         then is in {@code target}
     */
    void read(long guestAddress, ByteBuffer target) throws IOException;

    /**
     * Writes as the guest would: through the slots.
     *
     * @param guestAddress where to begin
     * @param source what it has from its position to its limit is written
     * @throws IOException {@code EFAULT} if not every address is in a slot whose file reaches so far; what was written until
     *         then is there. A file that would have to grow is not written
     */
    void write(long guestAddress, ByteBuffer source) throws IOException;

    /**
     * Sets the attributes of pages ({@code KVM_SET_MEMORY_ATTRIBUTES}).
     *
     * @param guestAddress of the first page
     * @param length in bytes
     * @param attributes {@link #ATTRIBUTE_PRIVATE} or 0
     * @throws IOException {@code EINVAL} address or length is negative, or not whole pages; the length is 0; or machines of
     *         this type do not have these attributes · {@code EPERM} the machine is preserved
     */
    void setAttributes(long guestAddress, long length, long attributes) throws IOException;

    /** The attributes of the page that {@code guestAddress} is in; 0 for a page without. */
    long attributes(long guestAddress) throws IOException;

    /**
     * The machine can never run again ({@code KVM_BUG_ON}, or its contents went elsewhere). From then on it can only be
     * closed; it cannot be preserved ({@code EINVAL}), and a live update is refused while it is.
     *
     * @param reason for people
     */
    void kill(String reason);

    /** Lets go of the machine. It ends unless a session holds it. Closing twice does nothing. */
    @Override
    void close();
}
