package org.liveupdate.demo.run;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** What the user of the demo reads: plain ASCII, indented under headings. Flushed at once, for the JVM may end abruptly. */
public final class Report {
    private static final String INDENT = "  ";
    private static final int WIDTH = 100;
    private static final int MOST_ROWS = 20;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final StopSignal stop;
    private boolean blank;

    /**
     * A report.
     *
     * @param terminal
     *            whether {@code out} is one
     * @param nanoTime
     *            the time in nanoseconds, for progress
     */
    public Report(PrintStream out, PrintStream err, boolean terminal, LongSupplier nanoTime, StopSignal stop) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.stop = stop;
    }

    /** A chapter begins. */
    public void heading(String text) {
        blank();
        print(text);
    }

    /** A paragraph under the heading. */
    public void say(String text) {
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : Ascii.of(text).split(" ")) {
            boolean first = line.length() == INDENT.length();
            if (!first && line.length() + 1 + word.length() > WIDTH) {
                print(line.toString());
                line.setLength(INDENT.length());
                first = true;
            }
            line.append(first ? "" : " ").append(word);
        }
        print(line.toString());
    }

    /** The last line of all. */
    public void result(String text) {
        blank();
        print(text);
    }

    /** A table under the heading, an empty line before and after it. */
    public void table(Table table) {
        blank();
        table.lines(MOST_ROWS).forEach(line -> print(INDENT + line));
        blank();
    }

    /** An empty line, unless there is one. */
    public void blank() {
        if (!blank) {
            print("");
            blank = true;
        }
    }

    private void print(String line) {
        print(out, line);
        blank = false;
    }

    /** What went wrong, in one sentence. */
    public void failure(String sentence) {
        out.flush();
        print(err, "liveupdate: " + sentence);
    }

    /** Long work on many bytes begins; close what is returned when it is done. */
    public Progress progress(String label, long total) {
        return new Progress(label, total, out, terminal, nanoTime, stop);
    }

    private static void print(PrintStream stream, String text) {
        stream.println(Ascii.of(text));
        stream.flush();
    }
}
