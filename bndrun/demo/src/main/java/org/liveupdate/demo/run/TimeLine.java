package org.liveupdate.demo.run;

import java.util.List;
import org.liveupdate.demo.run.PastUpdate.Times;

/** How long live updates took, and how many bytes they moved. */
public final class TimeLine {
    private static final String MONOTONIC = "monotonic";

    private TimeLine() {}

    /** One update, step by step. */
    public static Table of(PastUpdate update) {
        Times times = update.times();
        return new Table().left("step").right("measured").left("what it is")
                .row("prepare", Units.millis(times.prepare()),
                        "the successor boots; JVM " + update.oldPid() + " goes on working")
                .row("blackout", Units.millis(times.blackout()),
                        "first freeze to first file retrieved: all stands still")
                .row("  freeze", Units.millis(times.freeze()), "  everything is frozen, the image is committed")
                .row("  handover", Units.millis(times.handover()),
                        "  JVM " + update.newPid() + " loads the image and decides")
                .row("total", Units.millis(times.total()), "request to first file retrieved" + clock(times))
                .row("carried", size(update.bytesCarried()), "stayed where they were, in handover memory")
                .row("copied", size(update.bytesCopied()), "the image: written by the one JVM, read by the other");
    }

    /** All updates, one in a row. */
    public static Table of(List<PastUpdate> updates) {
        Table table = new Table().right("update").right("from JVM").right("to JVM").right("prepare").right("blackout")
                .right("total").right("carried").right("copied");
        int number = 0;
        for (PastUpdate update : updates) {
            number++;
            Times times = update.times();
            table.row(Units.exact(number), Long.toString(update.oldPid()), Long.toString(update.newPid()),
                    Units.millis(times.prepare()), Units.millis(times.blackout()), Units.millis(times.total()),
                    size(update.bytesCarried()), size(update.bytesCopied()));
        }
        return table;
    }

    /** Shortest, median and longest blackout, in one sentence. */
    public static String blackouts(List<PastUpdate> updates) {
        long[] sorted = updates.stream().mapToLong(update -> update.times().blackout()).sorted().toArray();
        return "blackout: shortest " + Units.millis(sorted[0]) + ", median " + Units.millis(sorted[sorted.length / 2])
                + ", longest " + Units.millis(sorted[sorted.length - 1]);
    }

    private static String clock(Times times) {
        return times.clock().equals(MONOTONIC) ? "" : " (clock: " + Ascii.cut(times.clock(), 12) + ")";
    }

    private static String size(long bytes) {
        return bytes < 0 ? Units.NONE : Units.size(bytes);
    }
}
