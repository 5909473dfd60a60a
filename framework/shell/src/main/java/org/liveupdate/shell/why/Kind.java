package org.liveupdate.shell.why;

/** What a compatible string names. */
enum Kind {
    /** An FLB. */
    FLB("FLB"),
    /** A file handler. */
    HANDLER("handler");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
