package org.liveupdate.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * A measured figure.
 *
 * @param median
 *            of all iterations
 * @param best
 *            iteration: what the machine does while nobody disturbs it
 * @param unit
 *            what both are in
 */
record Figure(double median, double best, Unit unit) {
    private static final double FRACTIONS_BELOW = 100;

    /** What is counted. */
    enum Unit {
        NANOSECONDS("ns"), BYTES("B"), TIMES("×");

        private final String symbol;

        Unit(String symbol) {
            this.symbol = symbol;
        }

        String text(double value) {
            if (this == NANOSECONDS && value >= 1e7) {
                return number(value / 1e6) + " ms";
            }
            if (this == NANOSECONDS && value >= 1e4) {
                return number(value / 1e3) + " µs";
            }
            return number(value) + ' ' + symbol;
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, value < FRACTIONS_BELOW ? "%.1f" : "%,.0f", value);
        }
    }

    static Figure of(List<Double> samples, double divisor, Unit unit) {
        List<Double> sorted = samples.stream().map(sample -> sample / divisor).sorted().toList();
        return new Figure(sorted.get(sorted.size() / 2), sorted.get(0), unit);
    }

    Figure over(Figure base) {
        return new Figure(median / base.median, best / base.best, Unit.TIMES);
    }

    Figure minus(Figure base) {
        return new Figure(median - base.median, best - base.best, unit);
    }
}
