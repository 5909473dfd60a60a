package org.liveupdate.providers.api.support;

import java.util.List;
import java.util.function.Consumer;
import org.liveupdate.providers.api.memory.Extent;
import org.liveupdate.providers.api.memory.Pin;

/** A pin of one range: which pins are open is known to the file's custody. */
final class PinnedRange implements Pin {

    private final List<Extent> extents;
    private final Consumer<PinnedRange> unpin;

    PinnedRange(List<Extent> extents, Consumer<PinnedRange> unpin) {
        this.extents = List.copyOf(extents);
        this.unpin = unpin;
    }

    /** Where the range ends, in bytes of the file. */
    long end() {
        Extent last = extents.get(extents.size() - 1);
        return last.offset() + last.length();
    }

    @Override
    public List<Extent> extents() {
        return extents;
    }

    @Override
    public void close() {
        unpin.accept(this);
    }
}
