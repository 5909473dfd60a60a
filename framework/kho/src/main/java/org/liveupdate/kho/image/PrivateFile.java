package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * What a file of ours looks like: a regular file that this user owns, with one name and mode 0600, not reached through
 * a symbolic link. Stateless.
 */
public final class PrivateFile {

    private static final int GROUP_AND_OTHERS = 0077;

    private PrivateFile() {}

    /** The attribute to create such a file with. */
    public static FileAttribute<Set<PosixFilePermission>> permissions() {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    }

    /**
     * Checks a file before it is opened (with {@link LinkOption#NOFOLLOW_LINKS}).
     *
     * @return its length in bytes
     * @throws NoSuchFileException if it does not exist
     * @throws FileSystemException if it is not a file of ours; the reason says why and what to do
     */
    public static long check(Path file) throws IOException {
        Map<String, Object> facts = Files.readAttributes(file,
                "unix:uid,nlink,mode,isRegularFile,isSymbolicLink,size", LinkOption.NOFOLLOW_LINKS);
        if ((Boolean) facts.get("isSymbolicLink")) {
            throw refused(file, "is a symbolic link, which is not followed: put the file itself there");
        }
        if (!(Boolean) facts.get("isRegularFile")) {
            throw refused(file, "is not a regular file: remove it");
        }
        int uid = (Integer) facts.get("uid");
        if (uid != CurrentUser.uid()) {
            throw refused(file, "belongs to user " + uid + ", this is user " + CurrentUser.uid() + ": remove it");
        }
        int links = (Integer) facts.get("nlink");
        if (links != 1) {
            throw refused(file, "has " + links + " names (hard links), expected 1: remove the others");
        }
        int mode = (Integer) facts.get("mode");
        if ((mode & GROUP_AND_OTHERS) != 0) {
            throw refused(file, "is open to others (mode " + Integer.toOctalString(mode & 07777) + "): chmod 600");
        }
        return (Long) facts.get("size");
    }

    private static FileSystemException refused(Path file, String reason) {
        return new FileSystemException(file.toString(), null, reason);
    }
}
