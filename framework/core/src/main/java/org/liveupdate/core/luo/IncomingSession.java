package org.liveupdate.core.luo;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.liveupdate.api.Side;
import org.liveupdate.core.image.FileList;

/**
 * A session that was handed over. What the image says of its files stays as the image reader left it; the state of a
 * file is made when somebody first asks for the file.
 */
final class IncomingSession extends SessionState {
    /** The files that were asked for, oldest first; each is made once. */
    private final class Files extends AbstractList<IncomingFile> implements RandomAccess {
        private final AtomicReferenceArray<IncomingFile> made = new AtomicReferenceArray<>(entries.size());

        @Override
        public IncomingFile get(int index) {
            int position = position(index);
            IncomingFile file = made.getAcquire(position);
            if (file == null) {
                IncomingFile fresh = new IncomingFile(entries.get(position), flbsOfKinds[entries.kind(position)]);
                file = made.compareAndExchange(position, null, fresh);
                return file == null ? fresh : file;
            }
            return file;
        }

        @Override
        public int size() {
            return made.length();
        }
    }

    private final FileList entries;
    private final IncomingFlb[][] flbsOfKinds;
    private final List<IncomingFile> files;
    /** How many of the oldest files are unfinished; changed in the session's turn. */
    private volatile int size;
    /**
     * The positions in the image of the files that are left, oldest first; null while none was taken out of the middle.
     * Written in the session's turn, under the core lock.
     */
    private volatile int[] left;
    /** Whether somebody has it open; written under the core lock. */
    private volatile boolean retrieved;

    IncomingSession(String name, Turn turn, FileList entries, IncomingFlb[][] flbsOfKinds) {
        super(name, turn);
        this.entries = entries;
        this.flbsOfKinds = flbsOfKinds;
        this.files = new Files();
        this.size = entries.size();
    }

    @Override
    public Side side() {
        return Side.INCOMING;
    }

    @Override
    int size() {
        return size;
    }

    /** Adds who preserved the unfinished files of a handler. */
    void ownersOf(String compatible, Set<String> owners) {
        for (IncomingFile file : oldestFirst()) {
            if (file.compatible.equals(compatible)) {
                owners.add(file.preservedBy);
            }
        }
    }

    boolean retrieved() {
        return retrieved;
    }

    void retrieved(boolean value) {
        retrieved = value;
    }

    /** The unfinished files, oldest first. */
    List<IncomingFile> oldestFirst() {
        return files.subList(0, size);
    }

    /** The unfinished file with a token, or null. */
    IncomingFile file(long token) {
        int index = index(entries.position(token));
        return index < 0 || index >= size ? null : files.get(index);
    }

    private int position(int index) {
        int[] positions = left;
        return positions == null ? index : positions[index];
    }

    private int index(int position) {
        int[] positions = left;
        return positions == null || position < 0 ? position : Arrays.binarySearch(positions, position);
    }

    IncomingFile newest() {
        return size == 0 ? null : files.get(size - 1);
    }

    void removeNewest() {
        size--;
    }

    /** Takes any file out; in the session's turn, with the core lock held. */
    void remove(IncomingFile file) {
        int gone = index(entries.position(file.token));
        int[] positions = new int[size];
        for (int i = 0; i < positions.length; i++) {
            // the last one stays behind the end, where whoever still looks at the list as it was may find it
            positions[i] = position(i < gone ? i : Math.min(i + 1, size - 1));
        }
        size--;
        left = positions;
    }
}
