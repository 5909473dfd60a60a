package org.liveupdate.kho;

/**
 * Finds the block in use that starts at a page: a hash table with open addressing, because a map with boxed keys takes
 * three times the memory. Guarded by the ledger's lock.
 */
final class ExtentTable {

    private static final int SMALLEST = 64;
    /** 2^32 divided by the golden ratio: spreads neighbouring pages. */
    private static final int SPREAD = 0x9e3779b9;

    private Extent[] slots = new Extent[SMALLEST];
    private int size;

    int size() {
        return size;
    }

    /** The block that starts at {@code page}, or null. */
    Extent get(int page) {
        int at = home(page);
        while (slots[at] != null && slots[at].page != page) {
            at = at + 1 & slots.length - 1;
        }
        return slots[at];
    }

    /** Enters a block; there is none that starts at its page. */
    void put(Extent extent) {
        if (size >= slots.length / 4 * 3) {
            resize(2 * slots.length);
        }
        insert(extent);
        size++;
    }

    /** Removes a block that is in the table. */
    void remove(Extent extent) {
        int mask = slots.length - 1;
        int hole = home(extent.page);
        while (slots[hole] != extent) {
            hole = hole + 1 & mask;
        }
        // close the gap: what stands behind it moves up unless that would put it before its home
        for (int at = hole + 1 & mask; slots[at] != null; at = at + 1 & mask) {
            int distance = at - home(slots[at].page) & mask;
            if (distance >= (at - hole & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = null;
        size--;
        if (slots.length > SMALLEST && size < slots.length / 8) {
            resize(slots.length / 2);
        }
    }

    private void insert(Extent extent) {
        int at = home(extent.page);
        while (slots[at] != null) {
            at = at + 1 & slots.length - 1;
        }
        slots[at] = extent;
    }

    private void resize(int length) {
        Extent[] old = slots;
        slots = new Extent[length];
        for (Extent extent : old) {
            if (extent != null) {
                insert(extent);
            }
        }
    }

    private int home(int page) {
        return page * SPREAD >>> Integer.numberOfLeadingZeros(slots.length - 1);
    }
}
