package org.liveupdate.providers.record.internal;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.record.Records;
import org.osgi.service.component.annotations.Component;

/**
 * Preserves records. {@code freeze} and {@code detach} leave the context's memory alone: its journal would take back what
 * the record's user writes at the same time.
 */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = RecordLayout.COMPATIBLE)
public final class RecordHandler implements FileHandler<RecordFile> {

    /** Who had records open that were detached, by their sessions: a swap that fails gives the records back to them. */
    private final Map<String, RecordUse> waiting = new ConcurrentHashMap<>();

    /** Called by DS. */
    public RecordHandler() {}

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof RecordFile;
    }

    @Override
    public Preserved<?> preserve(FileContext context, RecordFile file) throws LiveUpdateException {
        return new Preserved<>(file.preserve(context.memory()), null);
    }

    @Override
    public void unpreserve(FileContext context, RecordFile file, long data, Object object) {
        file.letGo();
        Scope scope = memory(context);
        scope.blocks().forEach(block -> scope.unpreserveFree(block.address()));
    }

    @Override
    public long freeze(FileContext context, RecordFile file, long data, Object object) throws LiveUpdateException {
        file.freeze();
        return data;
    }

    @Override
    public void unfreeze(FileContext context, RecordFile file, long data, Object object) {
        file.unfreeze();
    }

    @Override
    public RecordFile retrieve(FileContext context, long data) throws LiveUpdateException {
        String session = context.session();
        String name = session.startsWith(Records.SESSION_PREFIX)
                ? session.substring(Records.SESSION_PREFIX.length())
                : session + "/" + Long.toUnsignedString(context.token());
        RecordFile file = RecordFile.retrieved(name, RecordMemory.restore(context.memory(), data));
        RecordUse use = waiting.remove(session);
        if (use != null) {
            use.move(file);
        }
        return file;
    }

    @Override
    public void finish(FileContext context, RecordFile file, long data, RetrieveStatus status) {
        if (file != null) {
            file.letGo();
        }
        Scope scope = memory(context);
        scope.blocks().forEach(block -> scope.restoreFree(block.address()));
    }

    @Override
    public void detach(FileContext context, RecordFile file, long data, Object object) {
        try {
            file.leave();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(file + " stays as it was written last: " + e.getMessage(), e);
        } finally {
            RecordUse use = file.user();
            if (use != null) {
                waiting.put(context.session(), use);
            }
        }
    }

    private static Scope memory(FileContext context) {
        try {
            return context.memory();
        } catch (LiveUpdateException e) {
            throw new IllegalStateException("handover memory cannot be reached: " + e.getMessage(), e);
        }
    }
}
