package org.liveupdate.providers.memfd.internal;

import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.Reason;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.liveupdate.providers.api.support.Unfreed;
import org.osgi.service.component.annotations.Component;

/**
 * Preserves memfds: size, position, seals and bytes, the latter where they are.
 *
 * <p>All that a callback needs is in the file, in {@code data} and in the context; so the handler is there before there is
 * handover memory.
 */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = MemfdLayout.COMPATIBLE)
public class MemfdHandler implements FileHandler<MemfdFile> {

    private final MemfdFormat format;
    private final Unfreed unfreed = new Unfreed();

    /** Called by DS. */
    public MemfdHandler() {
        this(new MemfdLayout());
    }

    /** Reads and writes records of that version. */
    MemfdHandler(MemfdFormat format) {
        this.format = format;
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof MemfdFile;
    }

    @Override
    public Preserved<?> preserve(FileContext context, MemfdFile file) throws LiveUpdateException {
        file.custody().fixSize();
        return new Preserved<>(new MemfdRecord(context.memory(), format).preserve(file), null);
    }

    @Override
    public void unpreserve(FileContext context, MemfdFile file, long data, Object object) {
        record(context).unpreserve(file);
    }

    @Override
    public long freeze(FileContext context, MemfdFile file, long data, Object object) throws LiveUpdateException {
        if (data == 0) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "memfd \"" + file.name() + "\" is to be frozen, but not preserved");
        }
        file.custody().freeze();
        new MemfdRecord(context.memory(), format).update(data, file, false);
        return data;
    }

    @Override
    public void unfreeze(FileContext context, MemfdFile file, long data, Object object) {
        file.custody().unfreeze();
    }

    @Override
    public MemfdFile retrieve(FileContext context, long data) throws LiveUpdateException {
        String name = context.session() + "/" + Long.toUnsignedString(context.token());
        boolean handover = context.reason() == Reason.HANDOVER;
        return new MemfdRecord(context.memory(), format).retrieve(data, name, unfreed, handover);
    }

    @Override
    public void finish(FileContext context, MemfdFile file, long data, RetrieveStatus status) {
        if (status.retrieved()) {
            record(context).forget();
        } else {
            record(context).giveBack();
        }
    }

    @Override
    public void detach(FileContext context, MemfdFile file, long data, Object object) {
        boolean open = file.custody().leave();
        try {
            record(context).update(data, file, !open);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(
                    "position and seals of memfd \"" + file.name() + "\" are lost: " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void hold(MemfdFile file) {
        file.custody().hold();
    }

    @Override
    public void release(MemfdFile file) {
        file.custody().release();
    }

    private MemfdRecord record(FileContext context) {
        try {
            return new MemfdRecord(context.memory(), format);
        } catch (LiveUpdateException e) {
            throw new IllegalStateException("handover memory cannot be reached: " + e.getMessage(), e);
        }
    }
}
