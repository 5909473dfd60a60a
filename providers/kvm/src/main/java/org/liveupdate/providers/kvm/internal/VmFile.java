package org.liveupdate.providers.kvm.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.kvm.GuestMemfd;
import org.liveupdate.providers.api.kvm.MemorySlot;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.providers.api.memory.ByteFileException;

/** A machine: what its user sees of it, and what the handler does with it. */
final class VmFile implements Vm {

    private final String name;
    private final long type;
    private final VmCustody custody;
    /** Guarded by this. */
    private final MemoryAttributes attributes;
    /** Written under this object's lock. */
    private volatile MemorySlots slots = MemorySlots.NONE;

    VmFile(String name, long type, MemoryAttributes attributes, VmCustody custody) {
        this.name = name;
        this.type = type;
        this.attributes = attributes;
        this.custody = custody;
    }

    /** A new machine, without memory. */
    static VmFile create(String name, long type) {
        return new VmFile(name, type, new MemoryAttributes(), new VmCustody(name, true, null, null));
    }

    /** Whether there are machines of this type. */
    static boolean isType(long type) {
        return type == TYPE_DEFAULT || type == TYPE_SW_PROTECTED;
    }

    /** The attributes that pages of such a machine can have. */
    static long attributesOf(long type) {
        return type == TYPE_SW_PROTECTED ? ATTRIBUTE_PRIVATE : 0;
    }

    /** Who keeps it. */
    VmCustody custody() {
        return custody;
    }

    /**
     * A session preserves it: its attributes are fixed until that lets go. A change of them under way has ended when this
     * returns.
     *
     * @throws LiveUpdateException as for {@link VmCustody#preserve}
     */
    synchronized void fix(FileKey place) throws LiveUpdateException {
        custody.preserve(place);
    }

    /** Its attributes, while they are fixed. */
    MemoryAttributes fixedAttributes() {
        return attributes;
    }

    /** Its type, also when it is closed. */
    long lastType() {
        return type;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long type() throws ByteFileException {
        custody.checkUsable();
        return type;
    }

    @Override
    public void addSlot(MemorySlot slot) throws IOException {
        custody.checkUsable();
        boolean own = !(slot.file() instanceof GuestMemfd)
                || slot.file() instanceof GuestMemfdFile memory && memory.vm() == this;
        if (!own || !isPages(slot.guestAddress(), slot.length()) || slot.offset() < 0
                || slot.offset() % PAGE_BYTES != 0 || slot.length() > slot.file().size() - slot.offset()) {
            throw new ByteFileException(Errno.EINVAL, String.format(
                    "machine \"%s\": expected whole pages of a file that is not another machine's, found 0x%x bytes at guest "
                            + "address 0x%x from offset 0x%x of \"%s\"",
                    name, slot.length(), slot.guestAddress(), slot.offset(), slot.file().name()));
        }
        synchronized (this) {
            slots = slots.with(slot);
        }
    }

    @Override
    public synchronized void removeSlot(long guestAddress) throws ByteFileException {
        custody.checkUsable();
        slots = slots.without(guestAddress);
    }

    @Override
    public List<MemorySlot> slots() throws ByteFileException {
        custody.checkUsable();
        return slots.list();
    }

    @Override
    public void read(long guestAddress, ByteBuffer target) throws IOException {
        custody.checkUsable();
        slots.read(guestAddress, target);
    }

    @Override
    public void write(long guestAddress, ByteBuffer source) throws IOException {
        custody.checkUsable();
        slots.write(guestAddress, source);
    }

    @Override
    public synchronized void setAttributes(long guestAddress, long length, long changed) throws ByteFileException {
        custody.checkUsable();
        if (!isPages(guestAddress, length) || (changed & ~attributesOf(type)) != 0) {
            throw new ByteFileException(Errno.EINVAL, String.format(
                    "machine \"%s\": expected whole pages and attributes in 0x%x, found 0x%x bytes at 0x%x and 0x%x",
                    name,
                    attributesOf(type), length, guestAddress, changed));
        }
        custody.checkNotPreserved();
        long first = guestAddress / PAGE_BYTES;
        long end = first + length / PAGE_BYTES;
        if (changed != 0 && !attributes.hasRoomFor(first, end)) {
            throw new ByteFileException(Errno.ENOMEM, "machine \"" + name + "\": at most " + MemoryAttributes.MAX_PAGES
                    + " pages can have attributes, and " + attributes.pages() + " have");
        }
        attributes.set(first, end, changed);
    }

    @Override
    public synchronized long attributes(long guestAddress) throws ByteFileException {
        custody.checkUsable();
        return attributes.get(Math.floorDiv(guestAddress, PAGE_BYTES));
    }

    private static boolean isPages(long guestAddress, long length) {
        return guestAddress >= 0 && length > 0 && guestAddress % PAGE_BYTES == 0 && length % PAGE_BYTES == 0
                && length <= Long.MAX_VALUE - guestAddress;
    }

    @Override
    public void kill(String reason) {
        custody.kill(reason);
    }

    @Override
    public void close() {
        custody.close();
    }
}
