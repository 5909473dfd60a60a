package org.liveupdate.testkit;

/** A file of the test kit itself: a number that a {@link KitHandler} preserves as its data. */
final class KitFile {
    private final String kind;
    private final long number;

    /** A file for the handler with the compatible string {@code kind}. */
    KitFile(String kind, long number) {
        this.kind = kind;
        this.number = number;
    }

    String kind() {
        return kind;
    }

    long number() {
        return number;
    }
}
