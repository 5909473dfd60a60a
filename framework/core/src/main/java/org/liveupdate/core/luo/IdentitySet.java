package org.liveupdate.core.luo;

import java.util.Arrays;

/**
 * Objects by reference: open addressing over words of hash and position, the objects themselves in an array without
 * gaps. So adding an object misses the caches once, growing never looks at an object, and references are stored one
 * behind the other, which is cheap for the garbage collector. Not thread safe.
 */
final class IdentitySet {
    private static final int SMALLEST = 16;

    /** Hash in the upper half, position and one in the lower; 0 is empty. */
    private long[] slots = new long[SMALLEST];
    private Object[] objects = new Object[SMALLEST / 2];
    private int size;

    /** Adds an object; returns false if it is there already. */
    boolean add(Object object) {
        int hash = hash(object);
        int slot = slot(object, hash);
        if (slots[slot] != 0) {
            return false;
        }
        slots[slot] = word(hash, size);
        objects[size++] = object;
        if (size == objects.length) {
            grow();
        }
        return true;
    }

    /** Removes an object; nothing happens if it is not there. */
    void remove(Object object) {
        int slot = slot(object, hash(object));
        if (slots[slot] == 0) {
            return;
        }
        int position = position(slots[slot]);
        close(slot);
        int last = --size;
        if (position != last) {
            Object moved = objects[last];
            int hash = hash(moved);
            slots[slot(moved, hash)] = word(hash, position);
            objects[position] = moved;
        }
        objects[last] = null;
    }

    /** Empties a slot; what comes behind moves up unless that would put it before its own place. */
    private void close(int emptied) {
        int hole = emptied;
        int mask = slots.length - 1;
        for (int next = hole + 1 & mask; slots[next] != 0; next = next + 1 & mask) {
            int home = hash(slots[next]) & mask;
            if ((next - home & mask) >= (next - hole & mask)) {
                slots[hole] = slots[next];
                hole = next;
            }
        }
        slots[hole] = 0;
    }

    /** The slot of an object, or the empty one where it would be. */
    private int slot(Object object, int hash) {
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0 && (hash(slots[slot]) != hash || objects[position(slots[slot])] != object)) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        objects = Arrays.copyOf(objects, objects.length * 2);
        long[] old = slots;
        slots = new long[old.length * 2];
        int mask = slots.length - 1;
        for (long word : old) {
            if (word != 0) {
                int slot = hash(word) & mask;
                while (slots[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                slots[slot] = word;
            }
        }
    }

    private static int hash(Object object) {
        return System.identityHashCode(object);
    }

    private static int hash(long word) {
        return (int) (word >>> Integer.SIZE);
    }

    private static int position(long word) {
        return (int) word - 1;
    }

    private static long word(int hash, int position) {
        return (long) hash << Integer.SIZE | position + 1;
    }
}
