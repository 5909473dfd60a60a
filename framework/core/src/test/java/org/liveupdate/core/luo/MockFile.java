package org.liveupdate.core.luo;

/**
 * A file of the tests. Not a record: two files are the same only if they are one object, or if the handler says so.
 */
final class MockFile {
    final String kind;
    final long number;

    MockFile(String kind, long number) {
        this.kind = kind;
        this.number = number;
    }

    @Override
    public String toString() {
        return kind + number;
    }
}
