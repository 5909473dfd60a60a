package org.liveupdate.console.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** Passwords in files that only their owner can read: never on a command line, never in a log. */
final class Passwords {
    private static final int RANDOM_BYTES = 18;
    private static final Set<PosixFilePermission> PRIVATE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private Passwords() {}

    /**
     * The user's, or the run's own, which is made now if no generation has made it yet.
     *
     * @throws IOException
     *             as {@link #read}
     */
    static String of(Settings settings) throws IOException {
        if (settings.namedPasswordFile().isPresent()) {
            return read(settings.namedPasswordFile().get());
        }
        make(settings.ownPasswordFile());
        return read(settings.ownPasswordFile());
    }

    /**
     * The password in a file: its text without blanks around it.
     *
     * @throws IOException
     *             it cannot be read, is empty, or others may read or write it
     */
    static String read(Path file) throws IOException {
        if (!PRIVATE.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException("the password file " + file + " is not private: chmod 600 " + file);
        }
        String password = Files.readString(file).strip();
        if (password.isEmpty()) {
            throw new IOException("the password file " + file + " is empty: put a password into it");
        }
        return password;
    }

    /** Puts a password that cannot be guessed into a new file; leaves a file that is there as it is. */
    static void make(Path file) throws IOException {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try (SeekableByteChannel out = Files.newByteChannel(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PRIVATE))) {
            out.write(ByteBuffer.wrap(password.getBytes(StandardCharsets.UTF_8)));
        } catch (FileAlreadyExistsException e) {
            // of an earlier generation of this run
        }
    }
}
