package org.liveupdate.core.osgi;

import java.nio.charset.StandardCharsets;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.kho.Region;

/** Preserves notes: texts in handover memory, the length in front. */
final class NoteHandler implements FileHandler<NoteHandler.Note> {
    /** A file of this handler. */
    record Note(String text) {}

    int detached;
    boolean freezes = true;

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof Note;
    }

    @Override
    public Preserved<?> preserve(FileContext context, Note file) throws LiveUpdateException {
        byte[] text = file.text().getBytes(StandardCharsets.UTF_8);
        Region region = context.memory().allocPreserve(Integer.BYTES + text.length);
        region.putInt(0, text.length);
        region.write(Integer.BYTES, text, 0, text.length);
        return new Preserved<>(region.address(), null);
    }

    @Override
    public void unpreserve(FileContext context, Note file, long data, Object object) {
        free(context, data, true);
    }

    @Override
    public long freeze(FileContext context, Note file, long data, Object object) throws LiveUpdateException {
        if (!freezes) {
            throw new LiveUpdateException(Errno.EBUSY, "not now");
        }
        return data;
    }

    @Override
    public Note retrieve(FileContext context, long data) throws LiveUpdateException {
        Region region = context.memory().region(data);
        byte[] text = new byte[region.getInt(0)];
        region.read(Integer.BYTES, text, 0, text.length);
        return new Note(new String(text, StandardCharsets.UTF_8));
    }

    @Override
    public void finish(FileContext context, Note file, long data, RetrieveStatus status) {
        free(context, data, false);
    }

    @Override
    public void detach(FileContext context, Note file, long data, Object object) {
        detached++;
    }

    private static void free(FileContext context, long data, boolean outgoing) {
        try {
            if (outgoing) {
                context.memory().unpreserveFree(data);
            } else {
                context.memory().restoreFree(data);
            }
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }
}
