package org.liveupdate.providers.api.support;

import java.util.EnumSet;
import java.util.Set;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.memory.ByteFileException;
import org.liveupdate.providers.api.memory.Seal;

/** The seals of one file. Guarded by its custody's lock. */
final class Seals {

    private final Set<Seal> present = EnumSet.noneOf(Seal.class);

    /** A copy. */
    Set<Seal> copy() {
        return present.isEmpty() ? Set.of() : Set.copyOf(present);
    }

    /** Adds seals without asking: the file had them before. */
    void restore(Set<Seal> seals) {
        present.addAll(seals);
    }

    /**
     * Adds seals.
     *
     * @param pinned whether a device may be writing
     */
    void add(Set<Seal> seals, boolean pinned, String file) throws ByteFileException {
        if (present.contains(Seal.SEAL)) {
            throw new ByteFileException(Errno.EPERM, file + " has the seals " + present + ": SEAL forbids more");
        }
        if (pinned && seals.contains(Seal.WRITE) && !present.contains(Seal.WRITE)) {
            throw new ByteFileException(Errno.EBUSY,
                    file + " is pinned: a device may be writing to it; unmap it before it is sealed against writing");
        }
        present.addAll(seals);
    }

    void checkWritable(String file) throws ByteFileException {
        check(Seal.WRITE, file, "its bytes cannot change");
    }

    void checkSize(long size, long newSize, String file) throws ByteFileException {
        if (newSize > size) {
            check(Seal.GROW, file, "it cannot grow from " + size + " to " + newSize + " bytes");
        } else {
            check(Seal.SHRINK, file, "it cannot shrink from " + size + " to " + newSize + " bytes");
        }
    }

    private void check(Seal seal, String file, String refused) throws ByteFileException {
        if (present.contains(seal)) {
            throw new ByteFileException(Errno.EPERM, file + " has the seal " + seal + ": " + refused);
        }
    }
}
