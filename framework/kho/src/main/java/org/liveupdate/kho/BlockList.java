package org.liveupdate.kho;

import java.util.function.Consumer;

/** The blocks of one owner: a pool, a scope, or a journal for those to be freed. Guarded by the ledger's lock. */
final class BlockList {

    private final String owner;
    private Extent first;
    private int blocks;
    private long pages;

    BlockList(String owner) {
        this.owner = owner;
    }

    String owner() {
        return owner;
    }

    /** Takes in a block that belongs to nobody. */
    void add(Extent extent) {
        extent.list = this;
        extent.previous = null;
        extent.next = first;
        if (first != null) {
            first.previous = extent;
        }
        first = extent;
        blocks++;
        pages += extent.pages();
    }

    /** Lets go of one of its blocks. */
    void remove(Extent extent) {
        if (extent.previous == null) {
            first = extent.next;
        } else {
            extent.previous.next = extent.next;
        }
        if (extent.next != null) {
            extent.next.previous = extent.previous;
        }
        extent.list = null;
        extent.previous = null;
        extent.next = null;
        blocks--;
        pages -= extent.pages();
    }

    /** Moves one of its blocks to another list. */
    void move(Extent extent, BlockList target) {
        remove(extent);
        target.add(extent);
    }

    /** Calls {@code action} for each block; it may remove that block. */
    void forEach(Consumer<Extent> action) {
        Extent extent = first;
        while (extent != null) {
            Extent following = extent.next;
            action.accept(extent);
            extent = following;
        }
    }

    int blocks() {
        return blocks;
    }

    long pages() {
        return pages;
    }
}
