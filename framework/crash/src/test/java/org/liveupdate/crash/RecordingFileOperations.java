package org.liveupdate.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records what happens to a directory: each operation, and the pages that differ from what they were before it, so also
 * those that were written through a mapping. For one thread.
 */
final class RecordingFileOperations extends WatchedFileOperations {
    static final int PAGE_BYTES = 4096;

    private final Path directory;
    private final List<DiskChange> changes = new ArrayList<>();
    /** Numbers of files by their present names. */
    private final Map<String, Integer> files = new TreeMap<>();
    /** Contents of files by number, as they were looked at last. */
    private final Map<Integer, byte[]> contents = new HashMap<>();

    RecordingFileOperations(Path directory) {
        this.directory = directory;
    }

    /** All that happened until now. */
    List<DiskChange> changes() throws IOException {
        compareContents();
        return List.copyOf(changes);
    }

    @Override
    <T> T perform(Operation operation, Body<T> body) throws IOException {
        compareContents();
        T result = body.run();
        String name = operation.file().getFileName().toString();
        switch (operation.kind()) {
            case CREATE -> create(name);
            case RENAME -> rename(name, operation.target().getFileName().toString());
            case DELETE -> delete(name);
            case FORCE -> changes.add(new DiskChange(DiskChange.Kind.FORCE, files.get(name), name, null, 0, null));
            case FORCE_DIRECTORY ->
                changes.add(new DiskChange(DiskChange.Kind.FORCE_DIRECTORY, -1, null, null, 0, null));
            case WRITE, TRUNCATE, MAP -> compareContents();
            default -> throw new IllegalArgumentException(operation.toString());
        }
        return result;
    }

    private void create(String name) {
        int file = contents.size();
        contents.put(file, new byte[0]);
        files.put(name, file);
        changes.add(new DiskChange(DiskChange.Kind.CREATE, file, name, null, 0, null));
    }

    private void rename(String name, String target) {
        int file = files.remove(name);
        files.put(target, file);
        changes.add(new DiskChange(DiskChange.Kind.RENAME, file, name, target, 0, null));
    }

    private void delete(String name) {
        Integer file = files.remove(name);
        if (file != null) {
            changes.add(new DiskChange(DiskChange.Kind.DELETE, file, name, null, 0, null));
        }
    }

    private void compareContents() throws IOException {
        for (Map.Entry<String, Integer> entry : files.entrySet()) {
            byte[] now = Files.readAllBytes(directory.resolve(entry.getKey()));
            byte[] before = contents.put(entry.getValue(), now);
            if (now.length != before.length) {
                changes.add(new DiskChange(DiskChange.Kind.LENGTH, entry.getValue(), null, null, now.length, null));
            }
            byte[] old = Arrays.copyOf(before, now.length);
            for (int from = 0; from < now.length; from += PAGE_BYTES) {
                int to = Math.min(now.length, from + PAGE_BYTES);
                if (!Arrays.equals(old, from, to, now, from, to)) {
                    changes.add(new DiskChange(DiskChange.Kind.PAGE, entry.getValue(), null, null, from,
                            Arrays.copyOfRange(now, from, to)));
                }
            }
        }
    }
}
