package org.liveupdate.demo.run;

import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far work on many bytes has got: on a terminal one line that is written again and again and goes when the work
 * is done, otherwise a new line now and then. Work that takes no time shows nothing. For one thread.
 */
public final class Progress implements Meter, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 2_000_000_000L;
    private static final int BAR = 20;
    private static final int LABEL = 34;

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final StopSignal stop;
    private final String label;
    private final long total;
    private final long began;
    private long shownAt;
    private long done;
    private int width;

    /**
     * Work begins.
     *
     * @param label
     *            what is being done
     * @param total
     *            bytes to be worked on, 0 or more
     * @param terminal
     *            whether a line can be written again
     * @param nanoTime
     *            the time in nanoseconds
     */
    public Progress(String label, long total, PrintStream out, boolean terminal, LongSupplier nanoTime,
            StopSignal stop) {
        this.label = Ascii.cut(label, LABEL);
        this.total = total;
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.stop = stop;
        began = nanoTime.getAsLong();
        shownAt = began;
    }

    @Override
    public void add(long bytes) throws InterruptedIOException {
        stop.check();
        done += bytes;
        long now = nanoTime.getAsLong();
        if (now - shownAt >= (terminal ? REDRAW_NANOS : LINE_NANOS)) {
            shownAt = now;
            show(line(now - began));
        }
    }

    private String line(long nanos) {
        int percent = (int) (100.0 * done / Math.max(1, total));
        int full = BAR * Math.min(100, percent) / 100;
        return String.format(Locale.ROOT, "  %s  [%s%s] %3d %%  %s of %s, %s/s", label, "#".repeat(full),
                ".".repeat(BAR - full), percent, Units.size(done), Units.size(total),
                Units.size((long) (done / (nanos / 1e9))));
    }

    private void show(String line) {
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = Math.max(width, line.length());
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** How long it has taken, in nanoseconds. */
    public long nanos() {
        return nanoTime.getAsLong() - began;
    }

    /** The work is over; the terminal's line is empty again. */
    @Override
    public void close() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
        }
    }
}
