package org.liveupdate.benchmarks;

/** The caller's own object: a file to preserve. */
final class Cargo {
    final long number;

    Cargo(long number) {
        this.number = number;
    }

    static Cargo[] load(int files) {
        Cargo[] cargo = new Cargo[files];
        for (int i = 0; i < files; i++) {
            cargo[i] = new Cargo(i);
        }
        return cargo;
    }
}
