package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** Checks that nobody else can read, change or replace what is in a handover directory. Stateless. */
final class DirectoryCheck {

    private static final int PERMISSIONS = 0777;
    private static final int OWNER_ONLY = 0700;
    private static final int WRITABLE_BY_ALL = 0002;
    private static final int STICKY = 01000;

    private DirectoryCheck() {}

    /** The directory without symbolic links above it, if it is safe. */
    static Path check(Path directory) throws IOException {
        Path given = directory.toAbsolutePath().normalize();
        Map<String, Object> facts;
        try {
            facts = Files.readAttributes(given, "unix:uid,mode,isDirectory,isSymbolicLink", LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(given.toString(), null,
                    "handover directory is missing: create it with mkdir -m 700");
        }
        if ((Boolean) facts.get("isSymbolicLink")) {
            throw refused(given, "is a symbolic link, which is not followed: name the directory itself");
        }
        if (!(Boolean) facts.get("isDirectory")) {
            throw refused(given, "is not a directory: name a directory of your own with mode 0700");
        }
        int uid = (Integer) facts.get("uid");
        if (uid != CurrentUser.uid()) {
            throw refused(given, "belongs to user " + uid + ", this is user " + CurrentUser.uid()
                    + ": use a directory of your own");
        }
        int mode = (Integer) facts.get("mode") & PERMISSIONS;
        if (mode != OWNER_ONLY) {
            throw refused(given, "has mode " + Integer.toOctalString(mode) + ", expected 700: chmod 700");
        }
        Path real = given.toRealPath();
        checkParents(real);
        if (!Files.isWritable(real)) {
            throw refused(real, "is not writable: is the file system mounted read-only?");
        }
        return real;
    }

    private static void checkParents(Path real) throws IOException {
        for (Path parent = real.getParent(); parent != null; parent = parent.getParent()) {
            int mode = (Integer) Files.getAttribute(parent, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            if ((mode & WRITABLE_BY_ALL) != 0 && (mode & STICKY) == 0) {
                throw refused(real, "lies below " + parent
                        + ", where everybody can rename it (world-writable without sticky bit): chmod o-w or chmod +t "
                        + parent);
            }
        }
    }

    private static FileSystemException refused(Path path, String reason) {
        return new FileSystemException(path.toString(), null, reason);
    }
}
