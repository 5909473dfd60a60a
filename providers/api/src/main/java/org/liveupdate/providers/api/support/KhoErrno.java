package org.liveupdate.providers.api.support;

import org.liveupdate.api.Errno;
import org.liveupdate.kho.KhoException;
import org.liveupdate.providers.api.memory.ByteFileException;

/**
 * What a refusal of handover memory is to the user of a file. (For callbacks the core translates: a handler may let
 * {@link KhoException} through.)
 */
public final class KhoErrno {

    private KhoErrno() {}

    /** The error number for {@code e}. */
    public static Errno of(KhoException e) {
        return switch (e.reason()) {
            case NO_MEMORY -> Errno.ENOMEM;
            case NOT_PRESERVED -> Errno.ENOENT;
            case NOT_ALLOCATED -> Errno.ENODEV;
            case FROZEN, FENCED, ALREADY_RESTORED -> Errno.EBUSY;
            case CORRUPT -> Errno.EIO;
            case REFUSED -> Errno.EPERM;
            case OUT_OF_BOUNDS, INVALID -> Errno.EINVAL;
        };
    }

    /** The same refusal, of a file operation. */
    public static ByteFileException io(KhoException e) {
        return new ByteFileException(of(e), e.getMessage());
    }
}
