package org.liveupdate.console.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordsTest {
    private static final int SHORTEST = 20;

    @TempDir
    Path place;

    @Test
    void oneThatWasMadeIsPrivateAndCannotBeGuessed() throws IOException {
        Path one = place.resolve("one");
        Path other = place.resolve("other");
        Passwords.make(one);
        Passwords.make(other);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
        assertTrue(Passwords.read(one).length() >= SHORTEST);
        assertNotEquals(Passwords.read(one), Passwords.read(other));
    }

    @Test
    void theNextGenerationFindsTheSame() throws IOException {
        Path file = place.resolve("password");
        Passwords.make(file);
        String first = Passwords.read(file);
        Passwords.make(file);

        assertEquals(first, Passwords.read(file));
    }

    @Test
    void aFileThatOthersCanReadIsRefused() throws IOException {
        Path file = file("secret", "rw-r-----");

        assertEquals("the password file " + file + " is not private: chmod 600 " + file,
                assertThrows(IOException.class, () -> Passwords.read(file)).getMessage());
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = file(" \n", "rw-------");

        assertEquals("the password file " + file + " is empty: put a password into it",
                assertThrows(IOException.class, () -> Passwords.read(file)).getMessage());
    }

    @Test
    void anEditorsLineFeedIsNotPartOfThePassword() throws IOException {
        assertEquals("se cret", Passwords.read(file("se cret\n", "r--------")));
    }

    private Path file(String text, String permissions) throws IOException {
        return Files.setPosixFilePermissions(Files.writeString(place.resolve("password"), text),
                PosixFilePermissions.fromString(permissions));
    }
}
