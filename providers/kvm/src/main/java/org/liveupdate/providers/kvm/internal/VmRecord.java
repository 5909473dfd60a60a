package org.liveupdate.providers.kvm.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.support.Vmalloc;

/** Writes a machine into its scope, and reads one from it: nothing that is read is believed. */
final class VmRecord {

    private final Scope scope;

    VmRecord(Scope scope) {
        this.scope = scope;
    }

    /**
     * Writes type and attributes of a machine whose attributes are fixed.
     *
     * @return the address of the {@link VmLayout}
     * @throws KhoException as for {@link Scope#allocPreserve}
     */
    long preserve(VmFile vm) {
        MemoryAttributes attributes = vm.fixedAttributes();
        Region header = scope.allocPreserve(VmLayout.BYTES);
        new VmLayout(vm.lastType(), attributes.pages(), false, false).writeTo(header);
        ByteBuffer array =
                ByteBuffer.allocate(attributes.pages() * MemoryAttributeLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        attributes.forEach((frame, value) -> MemoryAttributeLayout.write(array, frame, value));
        Vmalloc.preserve(scope, array.flip(), header, VmLayout.ATTRIBUTE_ARRAY_OFFSET);
        return header.address();
    }

    /** Writes what can have changed since the machine was preserved. */
    void update(long data, boolean closed, boolean dead) throws LiveUpdateException {
        VmLayout.update(header(data), closed, dead);
    }

    /** All but the attributes; their number has not been checked. */
    VmLayout read(long data) throws LiveUpdateException {
        VmLayout record = VmLayout.readFrom(header(data));
        if (!VmFile.isType(record.type())) {
            throw invalid("expected type 0 or 1, found " + record);
        }
        return record;
    }

    /**
     * Reads the attributes.
     *
     * @throws LiveUpdateException {@code EINVAL} if they make no sense
     */
    MemoryAttributes attributes(long data) throws LiveUpdateException {
        VmLayout record = read(data);
        if (record.attributes() < 0 || record.attributes() > MemoryAttributes.MAX_PAGES) {
            throw invalid("expected attributes of at most " + MemoryAttributes.MAX_PAGES + " pages, found " + record);
        }
        ByteBuffer array = Vmalloc.read(scope, header(data), VmLayout.ATTRIBUTE_ARRAY_OFFSET,
                record.attributes() * MemoryAttributeLayout.BYTES);
        MemoryAttributes attributes = new MemoryAttributes();
        for (long next = 0; array.hasRemaining();) {
            MemoryAttributeLayout entry = MemoryAttributeLayout.readFrom(array);
            if (entry.frame() < next || entry.attributes() == 0
                    || (entry.attributes() & ~VmFile.attributesOf(record.type())) != 0) {
                throw invalid("expected attributes of page " + next + " or behind it, found " + entry);
            }
            next = entry.frame() + 1;
            attributes.set(entry.frame(), next, entry.attributes());
        }
        return attributes;
    }

    /** The machine is not preserved any more: all of the scope is free. */
    void unpreserve() {
        scope.blocks().forEach(block -> scope.unpreserveFree(block.address()));
    }

    /** Ends the handover of the machine, whether it lives on or not. */
    void finish() {
        scope.blocks().forEach(block -> scope.restoreFree(block.address()));
    }

    private Region header(long data) throws LiveUpdateException {
        try {
            return scope.region(data).slice(0, VmLayout.BYTES);
        } catch (KhoException e) {
            throw invalid(e.getMessage());
        }
    }

    private LiveUpdateException invalid(String found) {
        return new LiveUpdateException(Errno.EINVAL, "machine of " + scope.owner() + ": " + found);
    }
}
