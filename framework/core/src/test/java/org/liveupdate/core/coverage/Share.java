package org.liveupdate.core.coverage;

/** How much of something was missed, and how much was covered. */
record Share(int missed, int covered) {
    @Override
    public String toString() {
        int all = missed + covered;
        return all == 0 ? "-" : String.format("%.1f %% (%d of %d)", 100.0 * covered / all, covered, all);
    }
}
