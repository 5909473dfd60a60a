package org.liveupdate.benchmarks;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;

/** The least that a file handler can do: what is measured is the core. */
final class CargoHandler implements FileHandler<Cargo> {
    static final String COMPATIBLE = "cargo-v1";

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof Cargo;
    }

    @Override
    public Preserved<?> preserve(FileContext context, Cargo file) {
        return new Preserved<>(file.number, null);
    }

    @Override
    public void unpreserve(FileContext context, Cargo file, long data, Object object) {
        // preserve kept nothing
    }

    @Override
    public Cargo retrieve(FileContext context, long data) {
        return new Cargo(data);
    }

    @Override
    public void finish(FileContext context, Cargo file, long data, RetrieveStatus status) {
        // retrieve kept nothing
    }
}
