package org.liveupdate.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.liveupdate.benchmarks.Figure.Unit;

/** The speed to reach, and whether a run reached it: a table in Markdown. Median and best decide if they agree. */
final class SpeedTable {
    private static final String HEAP = "bytesEach";
    private static final String NOT_MEASURED = "not measured";

    private final Results results;
    private final Set<String> benchmarks = new TreeSet<>();
    private final List<String> lines = new ArrayList<>();

    SpeedTable(Results results) {
        this.results = results;
        lines.add("| what | target | median | best | verdict |");
        lines.add("|---|---|---|---|---|");
        preserving();
        sizes();
        handles();
        images();
        memory();
        row("this machine: two compare-and-sets, 6 ns when it is quiet",
                results.nanoseconds(used("MachineBenchmark.compareAndSetTwice", ""), 1));
        Optional<Figure> heap = results.bytes(used("HeapBenchmark.preserve", "files=1000000"), HEAP);
        row("heap per preserved file beyond the caller's object", heap, 160);
    }

    /** The lines. */
    List<String> lines() {
        return lines;
    }

    /** Names of the benchmarks that the table shows. */
    Set<String> benchmarks() {
        return benchmarks;
    }

    private void preserving() {
        row("preserve one more file, 1 FLB", perFlbs("preserve", 1), 60);
        row("the same, 3 FLBs", perFlbs("preserve", 3));
        row("the same, 8 FLBs", perFlbs("preserve", 8));
        row("the same, 63 FLBs", perFlbs("preserve", 63), 500);
        row("preserve an object without an identity hash, 1 FLB", perFlbs("preserveFresh", 1));
        for (int flbs : new int[]{1, 3, 8, 63}) {
            row("unpreserve it, FLBs: " + flbs, perFlbs("unpreserve", flbs));
        }
        for (int flbs : new int[]{1, 3, 8, 63}) {
            row("preserve and unpreserve it, FLBs: " + flbs, perFlbs("preserveAndUnpreserve", flbs));
        }
    }

    private Optional<Figure> perFlbs(String method, int flbs) {
        return results.nanoseconds(used("PreserveBenchmark." + method, "flbs=" + flbs), 1);
    }

    private void sizes() {
        for (String method : List.of("preserve", "unpreserve")) {
            for (int files : new int[]{100, 1_000, 10_000, 1_000_000}) {
                row(String.format("%s, per file of a session of %,d", method, files),
                        perFile("SessionSizeBenchmark." + method, files));
            }
            row(method + ", a session of 1,000,000 over one of 1,000",
                    over(perFile("SessionSizeBenchmark." + method, 1_000_000),
                            perFile("SessionSizeBenchmark." + method, 1_000)),
                    2);
        }
    }

    private Optional<Figure> perFile(String benchmark, int files) {
        return results.nanoseconds(used(benchmark, "files=" + files), files);
    }

    private void handles() {
        Optional<Figure> one = results.nanoseconds(used("HandleBenchmark.oneThread", ""), 1);
        Optional<Figure> two = results.nanoseconds(used("HandleBenchmark.twoThreads", ""), 1);
        Optional<Figure> apart = results.nanoseconds(used("HandleBenchmark.twoBundles", ""), 1);
        row("handle get and close, one thread", one, 20);
        row("the same, two threads of one bundle", two);
        row("two threads of one bundle over one thread", over(two, one), 2);
        row("the same, two threads of two bundles", apart);
        row("two threads of two bundles over one thread", over(apart, one), 2);
        row("allocated by one get and close, garbage at once", results.allocatedBytes("HandleBenchmark.oneThread"));
        row("left behind by one get and close",
                results.bytes(used("HeapBenchmark.getAndClose", "files=1000000"), HEAP), 0.5);
    }

    private void images() {
        Optional<Figure> none = results.nanoseconds(used("SerializeBenchmark.flbs", "flbs=0"), 1);
        Optional<Figure> full = results.nanoseconds(used("SerializeBenchmark.flbs", "flbs=63"), 1);
        row("serialize 63 FLBs into their page",
                results.nanoseconds(used("SerializeBenchmark.flbPage", "flbs=63"), 1), 2_000);
        row("serialize 63 FLBs: the whole image", full);
        row("serialize 63 FLBs: more than an image of none", full.flatMap(all -> none.map(all::minus)));
        perFileOfAnImage("serialize", "SerializeBenchmark.files");
        perFileOfAnImage("deserialize", "DeserializeBenchmark.deserialize", 60);
        perFileOfAnImage("deserialize and bind to a handler", "DeserializeBenchmark.deserializeAndBind");
        row("commit 63 FLBs and 10,000 files to tmpfs",
                results.nanoseconds(used("CommitBenchmark.commit", "files=10000 flbs=63"), 1), 5_000_000);
    }

    private void memory() {
        for (int mebibytes : new int[]{1, 1024, 8192}) {
            row(String.format("attach to handover memory of %,d MiB", mebibytes),
                    results.nanoseconds(used("AttachBenchmark.attach", "mebibytes=" + mebibytes), 1), 1_000_000);
        }
        // 2 GB/s are half a nanosecond for a byte
        row("verify a restored block, for each MiB, copies included", results.nanoseconds(
                used("VerifyBenchmark.verify", ""), VerifyBenchmark.BYTES >> 20), (1 << 20) / 2);
    }

    private void perFileOfAnImage(String what, String benchmark, double... target) {
        for (int files : new int[]{10_000, 1_000_000}) {
            row(String.format("%s, per file of %,d", what, files), perFile(benchmark, files), target);
        }
    }

    private static Optional<Figure> over(Optional<Figure> figure, Optional<Figure> base) {
        return figure.flatMap(value -> base.map(value::over));
    }

    private String used(String benchmark, String parameters) {
        benchmarks.add(benchmark);
        return (benchmark + ' ' + parameters).trim();
    }

    /** A row; its target, if it has one, is the most that the figure may be. */
    private void row(String what, Optional<Figure> figure, double... target) {
        Unit unit = figure.map(Figure::unit).orElse(Unit.NANOSECONDS);
        String most = target.length == 0 ? "" : "at most " + unit.text(target[0]);
        String median = figure.map(value -> unit.text(value.median())).orElse(NOT_MEASURED);
        String best = figure.map(value -> unit.text(value.best())).orElse("");
        String verdict = target.length == 0 || figure.isEmpty() ? "" : verdict(figure.get(), target[0]);
        lines.add(String.join(" | ", "| " + what, most, median, best, verdict + " |"));
    }

    private static String verdict(Figure figure, double target) {
        boolean median = figure.median() <= target;
        boolean best = figure.best() <= target;
        return median == best ? median ? "met" : "missed" : "undecided";
    }
}
