package org.liveupdate.core.luo;

import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.Region;

/**
 * The one page that each mock keeps in handover memory, and what stands for it where there is none: a number says what
 * was preserved.
 */
final class MockMemory {
    private static final long SIZE = 4096;

    /** What was preserved: its data. */
    record Page(long data) {}

    private MockMemory() {}

    private static boolean none(LiveUpdateException e) {
        return e.errno() == Errno.EOPNOTSUPP;
    }

    static Page preserve(CallbackContext context, long number) throws LiveUpdateException {
        try {
            Region page = context.memory().allocPreserve(SIZE);
            page.putLong(0, number);
            return new Page(page.address());
        } catch (LiveUpdateException e) {
            if (none(e)) {
                return new Page(number);
            }
            throw e;
        }
    }

    static void unpreserve(CallbackContext context, long data) {
        try {
            context.memory().unpreserveFree(data);
        } catch (LiveUpdateException e) {
            requireNone(e);
        }
    }

    static long retrieve(CallbackContext context, long data) throws LiveUpdateException {
        try {
            return context.memory().restore(data).getLong(0);
        } catch (LiveUpdateException e) {
            if (none(e)) {
                return data;
            }
            throw e;
        }
    }

    static void finish(CallbackContext context, long data) {
        try {
            context.memory().restoreFree(data);
        } catch (LiveUpdateException e) {
            requireNone(e);
        }
    }

    private static void requireNone(LiveUpdateException e) {
        if (!none(e)) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
