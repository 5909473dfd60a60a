package org.liveupdate.core.luo;

/** An open file of a trace: it is freed when neither its user nor a session holds it. */
final class TraceFile {
    final String name;
    final int number;
    final int kind;
    private final TraceScript script;
    boolean open;
    private int holds;

    TraceFile(TraceScript script, String name, int number, int kind) {
        this.script = script;
        this.name = name;
        this.number = number;
        this.kind = kind;
    }

    int references() {
        return holds + (open ? 1 : 0);
    }

    void hold() {
        holds++;
    }

    void release() {
        holds--;
        freeIfUnreferenced();
    }

    void close() {
        open = false;
        freeIfUnreferenced();
    }

    private void freeIfUnreferenced() {
        if (references() == 0) {
            script.events.add("file " + name + " freed");
        }
    }
}
