package org.liveupdate.crash;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** What is left of a directory when the machine stops in the middle of some changes, and not all of them had arrived. */
final class CrashedDisk {
    private static final class FileState {
        private long length;
        /** Indexes of the changes that wrote them, by position. */
        private final Map<Long, Integer> pages = new TreeMap<>();
    }

    private final List<DiskChange> changes;
    private final Map<Integer, FileState> files = new HashMap<>();
    private final Map<String, Integer> names = new TreeMap<>();

    /**
     * After the first {@code done} changes.
     *
     * @param arrived
     *            which of them, by index; those that were forced have to
     */
    CrashedDisk(List<DiskChange> changes, int done, IntPredicate arrived) {
        this.changes = changes;
        for (int i = 0; i < done; i++) {
            if (arrived.test(i)) {
                apply(i, changes.get(i));
            }
        }
    }

    private void apply(int index, DiskChange change) {
        switch (change.kind()) {
            case CREATE -> names.put(change.name(), change.file());
            case DELETE -> names.remove(change.name());
            case RENAME -> {
                names.remove(change.name());
                names.put(change.target(), change.file());
            }
            case LENGTH -> file(change).length = change.position();
            case PAGE -> file(change).pages.put(change.position(), index);
            case FORCE, FORCE_DIRECTORY -> {
                // changes nothing
            }
        }
    }

    private FileState file(DiskChange change) {
        return files.computeIfAbsent(change.file(), number -> new FileState());
    }

    Set<String> names() {
        return names.keySet();
    }

    /**
     * Two disks with the same description are the same to a start: it does not look into an image that is not whole, nor
     * into memory that no undecided image refers to.
     */
    String description() {
        boolean undecided = names.keySet().stream()
                .anyMatch(name -> name.endsWith(".committed") || name.endsWith(".claimed"));
        StringBuilder text = new StringBuilder();
        names.forEach((name, number) -> {
            text.append(name).append(' ');
            FileState file = files.get(number);
            if (file != null && !name.endsWith(".new") && (undecided || !name.startsWith("memory"))) {
                text.append(file.pages);
            }
            text.append(file == null ? 0 : file.length);
            text.append('\n');
        });
        return text.toString();
    }

    /** Writes it to an empty directory. A page that did not arrive, or lies beyond the length that did, is not there. */
    void writeTo(Path directory) throws IOException {
        for (Map.Entry<String, Integer> entry : names.entrySet()) {
            try (FileChannel channel = FileChannel.open(directory.resolve(entry.getKey()),
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                FileState file = files.get(entry.getValue());
                if (file != null && file.length > 0) {
                    channel.write(ByteBuffer.allocate(1), file.length - 1);
                    for (Map.Entry<Long, Integer> page : file.pages.entrySet()) {
                        channel.write(ByteBuffer.wrap(changes.get(page.getValue()).contents()), page.getKey());
                    }
                    channel.truncate(file.length);
                }
            }
        }
    }
}
