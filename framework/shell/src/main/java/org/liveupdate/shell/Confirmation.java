package org.liveupdate.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Set;
import org.apache.felix.service.command.CommandSession;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/**
 * Says what is about to be done, and has it confirmed: by an option, or by whoever sits at the terminal. The answer is read
 * byte by byte, so that nothing of what is typed behind it is lost.
 */
final class Confirmation {
    private static final Set<String> YES = Set.of("y", "yes");

    private final InputStream keyboard;
    private final PrintStream console;
    private final boolean terminal;

    Confirmation(InputStream keyboard, PrintStream console, boolean terminal) {
        this.keyboard = keyboard;
        this.console = console;
        this.terminal = terminal;
    }

    /** At a terminal if this JVM has one: input from a pipe is a script, whose next line is no answer. */
    static Confirmation of(CommandSession session) {
        return new Confirmation(session.getKeyboard(), session.getConsole(), System.console() != null);
    }

    /**
     * Returns if it is to be done.
     *
     * @param yes
     *            whether the option was given
     * @param deed
     *            what will be done, and to what: a sentence that begins with the command
     * @throws LiveUpdateException
     *             {@code EPERM} the answer was no, or nobody can be asked
     */
    void require(boolean yes, String deed) throws LiveUpdateException {
        console.println(deed);
        if (yes) {
            return;
        }
        if (!terminal) {
            throw new LiveUpdateException(Errno.EPERM,
                    "nothing was done: this has to be confirmed, and there is no terminal to ask at; give --yes");
        }
        console.print("Do it? [y/N] ");
        console.flush();
        if (!YES.contains(answer())) {
            throw new LiveUpdateException(Errno.EPERM, "nothing was done: it was not confirmed");
        }
    }

    private String answer() throws LiveUpdateException {
        StringBuilder line = new StringBuilder();
        try {
            for (int next = keyboard.read(); next >= 0 && next != '\n' && next != '\r'; next = keyboard.read()) {
                line.append((char) next);
            }
        } catch (IOException e) {
            throw new LiveUpdateException(Errno.EIO,
                    "nothing was done: the answer could not be read: " + e.getMessage());
        }
        return line.toString().strip().toLowerCase(Locale.ROOT);
    }
}
