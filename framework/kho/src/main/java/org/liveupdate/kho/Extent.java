package org.liveupdate.kho;

/**
 * A block that is in use. One object per block, so it is kept small. Everything but the constants is guarded by the
 * ledger's lock.
 */
final class Extent {

    final int page;
    final byte order;
    /** Whether it is overwritten when it is freed. */
    final boolean secret;
    /** Who owns it; null before it is handed out and after it was freed. */
    BlockList list;
    /** Neighbours in {@link #list}. */
    Extent previous;
    Extent next;
    /** The views of it; null while there are none. */
    Lease lease;
    /** The open journal that says it was moved from a scope to its pool; null normally. */
    Journal journal;
    /** Inherited, and restored by the present owner of its scope. */
    boolean restored;
    /** Allocated or preserved by the present owner of its scope, so not inherited. */
    boolean own;
    /** Whether devices write to it, so that it has no checksum. */
    boolean devices;
    /** What is known about its contents. */
    Check check = Check.OWN;
    /** The checksum in the image that it came with, if there is one. */
    int expected;
    /** The checksum that it had instead, if it is corrupt. */
    int found;

    Extent(int page, int order, boolean secret) {
        this.page = page;
        this.order = (byte) order;
        this.secret = secret;
    }

    long address() {
        return Pages.address(page);
    }

    long pages() {
        return 1L << order;
    }

    /** Ends all views of it. Whoever goes on to give it to somebody else waits for the writers in flight first. */
    void endViews() {
        if (lease != null) {
            lease.end();
            lease = null;
        }
    }
}
