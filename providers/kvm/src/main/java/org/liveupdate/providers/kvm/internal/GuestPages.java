package org.liveupdate.providers.kvm.internal;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.Region;

/**
 * The pages of one file that are there, by number, and who counts them. Guarded by the file's custody, but for the counting.
 */
final class GuestPages {

    static final long BASE_BYTES = 4096;

    private final Pool pool;
    private final int order;
    /** Null on pages of 4096 bytes: nobody counts them. */
    private final HugePageAccount account;
    private final NavigableMap<Long, Region> present = new TreeMap<>();
    /** False while the incoming FLB counts the pages, or another provider; guarded by this. */
    private boolean counted;

    private GuestPages(Pool pool, int order, HugePageAccount account, boolean counted) {
        this.pool = pool;
        this.order = order;
        this.account = account;
        this.counted = counted;
    }

    /** No page of 4096 bytes yet. */
    static GuestPages ordinary(Pool pool) {
        return new GuestPages(pool, 0, null, false);
    }

    /**
     * No huge page yet.
     *
     * @param counted whether they are in the account
     */
    static GuestPages huge(Pool pool, int order, HugePageAccount account, boolean counted) {
        return new GuestPages(pool, order, account, counted);
    }

    /** Each page has 4096 &lt;&lt; order bytes. */
    int order() {
        return order;
    }

    /** How many bytes each page has. */
    long pageBytes() {
        return BASE_BYTES << order;
    }

    /** How many are there. */
    long count() {
        return present.size();
    }

    /** The page with a number, or null. */
    Region find(long number) {
        return present.get(number);
    }

    /** Those that are there, in order. */
    void forEach(BiConsumer<Long, Region> action) {
        present.forEach(action);
    }

    /** Allocates a page of zeros. */
    Region allocate(long number) {
        Region page = pool.allocate(pageBytes());
        present.put(number, page);
        return page;
    }

    /** A page that is there already. */
    void add(long number, Region page) {
        present.put(number, page);
    }

    /** From now on the account counts the pages. */
    synchronized void adopt() {
        if (account != null && !counted) {
            account.adopt(pageBytes(), present.size());
            counted = true;
        }
    }

    /** The next provider counts the pages; it may be this one again, when the other one fails. */
    synchronized void leave() {
        if (counted) {
            account.giveBack(pageBytes(), present.size());
            counted = false;
        }
    }

    /** Frees all pages; if that is refused in the middle, the rest is there. */
    synchronized void free() {
        while (!present.isEmpty()) {
            pool.free(present.lastEntry().getValue().address());
            present.pollLastEntry();
            if (counted) {
                account.giveBack(pageBytes(), 1);
            }
        }
    }
}
