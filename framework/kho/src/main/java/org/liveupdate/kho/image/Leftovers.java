package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.liveupdate.kho.fdt.FdtNode;

/** Finds and deletes what earlier systems left in a handover directory. */
final class Leftovers {

    private final Path directory;
    private final FileOperations files;
    private final ImageStore store;
    private final DirectoryLocks locks;

    Leftovers(HandoverDirectory directory, DirectoryLocks locks) {
        this.directory = directory.path();
        this.files = directory.files();
        this.store = new ImageStore(directory);
        this.locks = locks;
    }

    List<Path> find(List<Path> inUse) throws IOException {
        Optional<Set<String>> referred = referredTo();
        Set<Path> used = new HashSet<>();
        inUse.forEach(file -> used.add(file.getFileName()));
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path file : entries) {
                if (!used.contains(file.getFileName()) && isLeftover(file, referred)) {
                    found.add(file);
                }
            }
        }
        found.sort(null);
        return found;
    }

    Reclaimed delete(List<Path> inUse) throws IOException {
        List<Path> deleted = new ArrayList<>();
        long bytes = 0;
        for (Path file : find(inUse)) {
            try {
                long length = Files.size(file);
                if (delete(file)) {
                    deleted.add(file);
                    bytes += length;
                }
            } catch (NoSuchFileException e) {
                // somebody else has deleted it since it was found
                continue;
            }
        }
        return new Reclaimed(deleted, bytes);
    }

    private boolean delete(Path file) throws IOException {
        if (isLock(file)) {
            return locks.deleteIfFree(file);
        }
        if (MemoryStateReader.isFileName(file.getFileName().toString())) {
            MemoryHeader.eraseSecrets(files, file);
        }
        return files.delete(file);
    }

    private boolean isLeftover(Path file, Optional<Set<String>> referred) throws IOException {
        String name = file.getFileName().toString();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (MemoryStateReader.isFileName(name)) {
            return referred.isPresent() && !referred.get().contains(name);
        }
        return ImageNames.isUnfinished(name) || isLock(file) && !locks.isHeld(name);
    }

    private static boolean isLock(Path file) {
        return DirectoryLocks.isGenerationLock(file.getFileName().toString());
    }

    /**
     * The memory files that undecided images name; nothing if one of them cannot be read, so that it might name any.
     */
    private Optional<Set<String>> referredTo() throws IOException {
        Set<String> names = new HashSet<>();
        for (StoredImage image : store.images()) {
            if (image.state().isDecided()) {
                continue;
            }
            try {
                ImageReader reader = ImageReader.open(store.load(image), image.path());
                Optional<FdtNode> memory = reader.tree().child(MemoryState.NODE);
                if (memory.isPresent()) {
                    names.add(memory.get().string(ScopeLayout.FILE_PROPERTY));
                }
            } catch (NoSuchFileException e) {
                // decided or discarded since the directory was read: it may name any
                return Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.of(names);
    }
}
