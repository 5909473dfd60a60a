package org.liveupdate.testkit;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.LiveUpdateException;

/** The context of a file's callback in which memory fails where {@link Faults} says so. */
final class FaultyFileContext extends FaultyContext implements FileContext {
    private final FileContext context;

    FaultyFileContext(FileContext context, Faults faults) {
        super(context, faults);
        this.context = context;
    }

    @Override
    public String session() {
        return context.session();
    }

    @Override
    public long token() {
        return context.token();
    }

    @Override
    public long token(Object file) throws LiveUpdateException {
        return context.token(file);
    }

    @Override
    public <F> F file(long token, Class<F> type) throws LiveUpdateException {
        return context.file(token, type);
    }
}
