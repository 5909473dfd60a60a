package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** A person at a Gogo shell, without a terminal. */
final class GogoShell implements AutoCloseable {
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final CommandSession session;

    GogoShell(CommandProcessor gogo) {
        PrintStream output = new PrintStream(console, true, StandardCharsets.UTF_8);
        session = gogo.createSession(new ByteArrayInputStream(new byte[0]), output, output);
    }

    /** Carries out one of our commands. */
    Object run(Object... words) throws Exception {
        return session.execute("liveupdate:"
                + Arrays.stream(words).map(Object::toString).collect(Collectors.joining(" ")));
    }

    /** What is printed for its result. */
    String shown(Object... words) throws Exception {
        return session.format(run(words), Converter.INSPECT).toString();
    }

    LiveUpdateException refused(Errno errno, Object... words) {
        LiveUpdateException refusal = assertThrows(LiveUpdateException.class, () -> run(words));
        assertEquals(errno, refusal.errno(), refusal.getMessage());
        return refusal;
    }

    /** What commands have printed themselves. */
    String printed() {
        return console.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        session.close();
    }
}
