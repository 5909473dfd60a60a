package org.liveupdate.providers.iommu.internal;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/**
 * The pages of one tree of tables. They stay where they are, but belong either to this bundle's pool or to the scope of
 * preserved state. Guarded by the lock of {@link Iommu}.
 */
final class TableSet {

    private final TablePages pages;
    private final List<Long> addresses = new ArrayList<>();
    /** Whose they are; null for the pool. */
    private Scope scope;

    /** No pages yet; they will be the pool's. */
    TableSet(TablePages pages) {
        this.pages = pages;
    }

    /** No pages yet; they will be restored in {@code scope}. */
    TableSet(TablePages pages, Scope scope) {
        this.pages = pages;
        this.scope = scope;
    }

    /** A new page of zeros. */
    Region allocate() {
        Region page = pages.allocate();
        if (scope != null) {
            try {
                scope.preserve(page.address());
            } catch (KhoException e) {
                pages.free(page.address());
                throw e;
            }
        }
        addresses.add(page.address());
        return page;
    }

    /** A page that was inherited in the scope. */
    Region restore(long address) {
        Region page = scope.restore(address);
        pages.add(page);
        addresses.add(address);
        return page;
    }

    /** Whose the pages are; null for the pool. */
    Scope scope() {
        return scope;
    }

    /** Gives all pages to {@code target}, or to the pool for null; all or none. */
    void moveTo(Scope target) {
        int moved = 0;
        try {
            for (; moved < addresses.size(); moved++) {
                move(addresses.get(moved), scope, target);
            }
        } catch (KhoException e) {
            for (int i = 0; i < moved; i++) {
                move(addresses.get(i), target, scope);
            }
            throw e;
        }
        scope = target;
    }

    private static void move(long address, Scope from, Scope to) {
        if (from != null) {
            from.unpreserve(address);
        }
        if (to != null) {
            to.preserve(address);
        }
    }

    /** Frees all pages; they have to be in the pool. If memory is frozen, what is left can be freed later. */
    void free() {
        while (!addresses.isEmpty()) {
            pages.free(addresses.get(addresses.size() - 1));
            addresses.remove(addresses.size() - 1);
        }
    }

    /** Somebody else has the pages now. */
    void forget() {
        addresses.forEach(pages::forget);
        addresses.clear();
    }
}
