package org.liveupdate.providers.iommu.internal;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;

/**
 * Preserved objects of one kind, in a chain of {@link ArrayLayout}. Objects are only appended; the slot of a deleted one is
 * not used again. Not thread-safe: {@link PreservedState} guards it.
 */
final class ObjectArray {

    private final Scope scope;
    private final int objectBytes;
    private final List<Region> pages = new ArrayList<>();

    private ObjectArray(Scope scope, int objectBytes) {
        this.scope = scope;
        this.objectBytes = objectBytes;
    }

    /** An empty array of one page. */
    static ObjectArray create(Scope scope, int objectBytes) {
        ObjectArray array = new ObjectArray(scope, objectBytes);
        array.pages.add(scope.allocPreserve(ArrayLayout.PAGE_BYTES));
        return array;
    }

    /**
     * The array that starts at {@code first}. Its pages are restored.
     *
     * @throws UntrustedException if it makes no sense
     */
    static ObjectArray restore(Scope scope, long first, int objectBytes, String kind) throws UntrustedException {
        ObjectArray array = new ObjectArray(scope, objectBytes);
        long next = first;
        do {
            if (next == 0) {
                throw new UntrustedException("array of " + kind, "there is none");
            }
            // a chain that comes back to itself would restore a page twice, which is refused
            Region page = scope.restore(next);
            long objects = ArrayLayout.objects(page);
            if (objects < 0 || objects > ArrayLayout.capacity(objectBytes)) {
                throw new UntrustedException("array of " + kind,
                        "expected 0 to " + ArrayLayout.capacity(objectBytes) + " objects, found " + objects);
            }
            array.pages.add(page);
            next = ArrayLayout.next(page);
        } while (next != 0);
        return array;
    }

    /** Address of the first page. */
    long address() {
        return pages.get(0).address();
    }

    /** A new object, all zero. */
    Region append() {
        Region last = pages.get(pages.size() - 1);
        int used = (int) ArrayLayout.objects(last);
        if (used == ArrayLayout.capacity(objectBytes)) {
            Region next = scope.allocPreserve(ArrayLayout.PAGE_BYTES);
            ArrayLayout.next(last, next.address());
            pages.add(next);
            last = next;
            used = 0;
        }
        ArrayLayout.objects(last, used + 1L);
        return ArrayLayout.object(last, used, objectBytes);
    }

    /** The objects that are not deleted, oldest first; a copy. */
    List<Region> live() {
        List<Region> live = new ArrayList<>();
        for (Region page : pages) {
            for (int index = 0; index < ArrayLayout.objects(page); index++) {
                Region object = ArrayLayout.object(page, index, objectBytes);
                if (!ObjectLayout.isDeleted(object)) {
                    live.add(object);
                }
            }
        }
        return live;
    }
}
