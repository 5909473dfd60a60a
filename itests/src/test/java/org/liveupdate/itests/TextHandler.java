package org.liveupdate.itests;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;

/** A handler for {@link TextFile}s of one kind. */
class TextHandler implements FileHandler<TextFile> {
    private final String kind;

    TextHandler(String kind) {
        this.kind = kind;
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof TextFile text && text.kind().equals(kind);
    }

    @Override
    public Preserved<?> preserve(FileContext context, TextFile file) throws LiveUpdateException {
        return new Preserved<>(file.number(), null);
    }

    @Override
    public void unpreserve(FileContext context, TextFile file, long data, Object object) {}

    @Override
    public TextFile retrieve(FileContext context, long data) {
        return new TextFile(kind, (int) data);
    }

    @Override
    public void finish(FileContext context, TextFile file, long data, RetrieveStatus status) {}
}
