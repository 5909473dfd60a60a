package org.liveupdate.itests.notes;

import java.util.function.Consumer;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;

/** State that notes share: a text with the FLB's name. Watched like {@link NotesHandler}. */
public final class NotesFlb implements Flb<String> {
    private final Consumer<String> watch;

    /**
     * An FLB.
     *
     * @param watch
     *            told {@code flb.} and the callback's name, in its thread
     */
    public NotesFlb(Consumer<String> watch) {
        this.watch = watch;
    }

    @Override
    public Preserved<String> preserve(FlbContext context) throws LiveUpdateException {
        String text = "shared by files with " + context.compatible();
        long data = Notes.write(context, text);
        watch.accept("flb.preserve");
        return new Preserved<>(data, text);
    }

    @Override
    public void unpreserve(FlbContext context, long data, String object) {
        watch.accept("flb.unpreserve");
        Notes.free(context, data);
    }

    @Override
    public String retrieve(FlbContext context, long data) throws LiveUpdateException {
        watch.accept("flb.retrieve");
        return Notes.read(context, data);
    }

    @Override
    public void finish(FlbContext context, long data, String object) {
        watch.accept("flb.finish");
        Notes.free(context, data);
    }

    @Override
    public long freeze(FlbContext context, long data, String object) {
        watch.accept("flb.freeze");
        return data;
    }

    @Override
    public void unfreeze(FlbContext context, long data, String object) {
        watch.accept("flb.unfreeze");
    }

    @Override
    public void detach(FlbContext context, long data, String object) {
        watch.accept("flb.detach");
    }
}
