package org.liveupdate.crash;

/** What a {@link Worker} has to answer. */
final class Model {
    private static final int PAGE_BYTES = 4096;
    private static final int FLBS = 2;
    private static final String FLB_COUNTS = "crane-v1 4, harbour-v1 8";

    private Model() {}

    /** Everything of a version, preserved here. */
    static String outgoing(long version) {
        return "2 sessions, " + Workload.FILES + " files, " + FLB_COUNTS + ", " + pages(version);
    }

    /** Everything of a version, handed over and retrieved. */
    static String retrieved(long version) {
        return "version [" + version + "]: " + outgoing(version);
    }

    /** After all that was handed over is finished. */
    static String finished() {
        return "0 sessions, 0 files, each FLB finished once, 0 of 0 pages";
    }

    /** Where nothing is preserved. */
    static String empty() {
        return "0 sessions, 0 files, , 0 of 0 pages";
    }

    /** Two blocks for each file, one for each FLB; a block has a power of two of pages. */
    private static String pages(long version) {
        long pages = FLBS;
        for (long token = 0; token < Workload.FILES; token++) {
            int bytes = Crate.of("", token, version).contents().length;
            int whole = Math.max(1, (bytes + PAGE_BYTES - 1) / PAGE_BYTES);
            pages += 1 + (whole == 1 ? 1 : 2 * Integer.highestOneBit(whole - 1));
        }
        return pages + " of " + pages + " pages";
    }
}
