package org.liveupdate.providers.record.internal;

import java.util.Optional;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.record.Contents;

/**
 * A record in the scope of its file. Used outside of callbacks, too: what is written there is in no journal, so a callback
 * that fails does not undo it. Not thread-safe.
 */
final class RecordMemory {

    private final Scope scope;
    private final Region head;
    /** The block of the present contents, or null. */
    private Region contents;

    private RecordMemory(Scope scope, Region head, Region contents) {
        this.scope = scope;
        this.head = head;
        this.contents = contents;
    }

    /**
     * A record without contents.
     *
     * @throws KhoException as for {@link Scope#allocPreserve}
     */
    static RecordMemory create(Scope scope) {
        return new RecordMemory(scope, scope.allocPreserve(RecordLayout.HEAD_BYTES), null);
    }

    /**
     * A record that was left.
     *
     * @throws LiveUpdateException {@code EINVAL} it makes no sense; {@code EIO} a block of it is not there
     */
    static RecordMemory restore(Scope scope, long data) throws LiveUpdateException {
        Region head = restored(scope, data);
        long address = RecordLayout.contents(head);
        Region contents = address == 0 ? null : restored(scope, address);
        if (contents != null && !RecordLayout.isValid(contents)) {
            throw new LiveUpdateException(Errno.EINVAL, scope.owner() + ": found version "
                    + RecordLayout.version(contents) + " and " + RecordLayout.length(contents) + " bytes in a block of "
                    + contents.size());
        }
        return new RecordMemory(scope, head, contents);
    }

    private static Region restored(Scope scope, long address) throws LiveUpdateException {
        try {
            return scope.restore(address);
        } catch (KhoException e) {
            throw new LiveUpdateException(Errno.EIO, scope.owner() + ": " + e.getMessage());
        }
    }

    /** Where it begins: the file's data. */
    long address() {
        return head.address();
    }

    /** A copy of the contents; empty if there are none. */
    Optional<Contents> read() {
        if (contents == null) {
            return Optional.empty();
        }
        byte[] bytes = new byte[(int) RecordLayout.length(contents)];
        contents.read(RecordLayout.BYTES_OFFSET, bytes, 0, bytes.length);
        return Optional.of(new Contents(RecordLayout.version(contents), bytes));
    }

    /**
     * Replaces the contents, all or nothing.
     *
     * @throws KhoException as for {@link Scope#allocPreserve}, and the old contents stay
     */
    void write(Contents next) {
        byte[] bytes = next.bytes();
        Region block = scope.allocPreserve((long) RecordLayout.BYTES_OFFSET + bytes.length);
        RecordLayout.writeFields(block, next.version(), bytes.length);
        block.write(RecordLayout.BYTES_OFFSET, bytes, 0, bytes.length);
        RecordLayout.contents(head, block.address());
        Region old = contents;
        contents = block;
        if (old != null) {
            scope.unpreserveFree(old.address());
        }
    }
}
