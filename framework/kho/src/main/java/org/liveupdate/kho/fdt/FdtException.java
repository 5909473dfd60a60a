package org.liveupdate.kho.fdt;

import java.io.IOException;

/**
 * A flattened device tree cannot be read, or does not contain what was looked for.
 *
 * <p>{@link #offset()} is in bytes from the start of the tree, or -1 if what was looked at was not read from one.
 */
public final class FdtException extends IOException {

    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String expected;
    private final String found;
    private final boolean tooNew;

    /** What was expected, what was found, and where; offset -1 for nowhere in particular. */
    public FdtException(long offset, String expected, String found) {
        this(offset, expected, found, false);
    }

    private FdtException(long offset, String expected, String found, boolean tooNew) {
        super("device tree" + (offset < 0 ? "" : ", offset " + offset) + ": expected " + expected + ", found " + found);
        this.offset = offset;
        this.expected = expected;
        this.found = found;
        this.tooNew = tooNew;
    }

    /** A tree of a version that this reader does not know. */
    static FdtException tooNew(long offset, String expected, String found) {
        return new FdtException(offset, expected, found, true);
    }

    /** In bytes from the start of the tree: of the node if a property is missing; -1 if it was not read from one. */
    public long offset() {
        return offset;
    }

    /** What was expected; never null. */
    public String expected() {
        return expected;
    }

    /** What was found; never null. */
    public String found() {
        return found;
    }

    /** Whether the tree says that readers of version 17 cannot read it, rather than being broken. */
    public boolean isTooNew() {
        return tooNew;
    }
}
