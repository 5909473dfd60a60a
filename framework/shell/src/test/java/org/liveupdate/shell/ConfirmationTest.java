package org.liveupdate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

class ConfirmationTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    private ByteArrayInputStream keyboard(String typed) {
        return new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
    }

    private Confirmation confirmation(ByteArrayInputStream keyboard, boolean terminal) {
        return new Confirmation(keyboard, new PrintStream(shown, true, StandardCharsets.UTF_8), terminal);
    }

    private String refusal(Confirmation confirmation) {
        LiveUpdateException refusal = assertThrows(LiveUpdateException.class,
                () -> confirmation.require(false, "kexec ends this JVM"));
        assertEquals(Errno.EPERM, refusal.errno());
        return refusal.getMessage();
    }

    @Test
    void theOptionIsEnoughAndWhatIsDoneIsSaidAllTheSame() throws Exception {
        confirmation(keyboard(""), false).require(true, "kexec ends this JVM");
        assertEquals("kexec ends this JVM\n", shown.toString(StandardCharsets.UTF_8));
    }

    @Test
    void withoutATerminalItIsRefusedAndNothingIsRead() {
        ByteArrayInputStream script = keyboard("yes\n");
        assertEquals(
                "EPERM: nothing was done: this has to be confirmed, and there is no terminal to ask at; give --yes",
                refusal(confirmation(script, false)));
        assertEquals(4, script.available());
    }

    @ParameterizedTest
    @ValueSource(strings = {"y\nnext", "YES\rnext", " yes \nnext"})
    void yesIsYesAndWhatFollowsIsLeft(String typed) throws Exception {
        ByteArrayInputStream keyboard = keyboard(typed);
        confirmation(keyboard, true).require(false, "kexec ends this JVM");
        assertEquals("kexec ends this JVM\nDo it? [y/N] ", shown.toString(StandardCharsets.UTF_8));
        assertEquals("next", new String(keyboard.readAllBytes(), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "n\n", "yess\n", ""})
    void everythingElseIsNo(String typed) {
        assertEquals("EPERM: nothing was done: it was not confirmed", refusal(confirmation(keyboard(typed), true)));
    }
}
