package org.liveupdate.core.luo;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;

/** As much of a memfd as the kernel's tests look at: text that cannot be written while it is preserved. */
final class KernelMemfd {
    private String text;
    private boolean frozen;
    private int references = 1;

    KernelMemfd(String text) {
        this.text = text;
    }

    String read() {
        return text;
    }

    void write(String changed) {
        if (frozen) {
            throw new IllegalStateException("a preserved memfd cannot be written");
        }
        text = changed;
    }

    boolean frozen() {
        return frozen;
    }

    void closeByUser() {
        references--;
    }

    boolean gone() {
        return references == 0;
    }

    /** The handler for memfds, within one generation. */
    static final class Handler implements FileHandler<KernelMemfd> {
        @Override
        public boolean canPreserve(Object file) {
            return file instanceof KernelMemfd;
        }

        @Override
        public Preserved<?> preserve(FileContext context, KernelMemfd memfd) {
            memfd.frozen = true;
            return new Preserved<>(context.token(), null);
        }

        @Override
        public void unpreserve(FileContext context, KernelMemfd memfd, long data, Object object) {
            memfd.frozen = false;
        }

        @Override
        public KernelMemfd retrieve(FileContext context, long data) {
            return new KernelMemfd("retrieved " + data);
        }

        @Override
        public void finish(FileContext context, KernelMemfd memfd, long data, RetrieveStatus status) {
            // a retrieved memfd lives on, one that was not has nothing to give back here
        }

        @Override
        public void hold(KernelMemfd memfd) {
            memfd.references++;
        }

        @Override
        public void release(KernelMemfd memfd) {
            memfd.references--;
        }
    }
}
