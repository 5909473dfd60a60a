package org.liveupdate.itests.notes;

import java.util.function.Consumer;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;

/**
 * Preserves texts that begin with its compatible string and a colon. Each callback tells its name to whoever watches,
 * who may throw or block.
 */
public final class NotesHandler implements FileHandler<String> {
    private final String compatible;
    private final Consumer<String> watch;

    /**
     * A handler.
     *
     * @param compatible
     *            its compatible string
     * @param watch
     *            told {@code handler.} and the callback's name, in its thread
     */
    public NotesHandler(String compatible, Consumer<String> watch) {
        this.compatible = compatible;
        this.watch = watch;
    }

    @Override
    public boolean canPreserve(Object file) {
        boolean mine = file instanceof String text && text.startsWith(compatible + ':');
        if (mine) {
            watch.accept("handler.canPreserve");
        }
        return mine;
    }

    @Override
    public Preserved<?> preserve(FileContext context, String file) throws LiveUpdateException {
        long data = Notes.write(context, file);
        watch.accept("handler.preserve");
        return new Preserved<>(data, null);
    }

    @Override
    public void unpreserve(FileContext context, String file, long data, Object object) {
        watch.accept("handler.unpreserve");
        Notes.free(context, data);
    }

    @Override
    public String retrieve(FileContext context, long data) throws LiveUpdateException {
        watch.accept("handler.retrieve");
        return Notes.read(context, data);
    }

    @Override
    public boolean canFinish(FileContext context, String file, long data, RetrieveStatus status) {
        watch.accept("handler.canFinish");
        return true;
    }

    @Override
    public void finish(FileContext context, String file, long data, RetrieveStatus status) {
        watch.accept("handler.finish");
        Notes.free(context, data);
    }

    @Override
    public long freeze(FileContext context, String file, long data, Object object) {
        watch.accept("handler.freeze");
        return data;
    }

    @Override
    public void unfreeze(FileContext context, String file, long data, Object object) {
        watch.accept("handler.unfreeze");
    }

    @Override
    public void detach(FileContext context, String file, long data, Object object) {
        watch.accept("handler.detach");
    }
}
