package org.liveupdate.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.felix.gogo.runtime.CommandProcessorImpl;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.liveupdate.shell.text.DataConverter;

/** A Gogo shell without a framework, that knows the commands of some objects. */
final class Gogo implements AutoCloseable {
    private final ThreadIOImpl streams = new ThreadIOImpl();
    private final ByteArrayOutputStream console = new ByteArrayOutputStream();
    private final CommandSession session;

    /** All public methods of these objects are commands. */
    Gogo(Object... commands) {
        streams.start();
        CommandProcessorImpl processor = new CommandProcessorImpl(streams);
        processor.addConverter(new DataConverter());
        for (Object command : commands) {
            processor.addCommand("liveupdate", command);
        }
        PrintStream output = new PrintStream(console, true, StandardCharsets.UTF_8);
        session = processor.createSession(new ByteArrayInputStream(new byte[0]), output, output);
    }

    Object run(String line) throws Exception {
        return session.execute(line);
    }

    /** What a person sees of the result. */
    String shown(String line) throws Exception {
        return session.format(run(line), Converter.INSPECT).toString();
    }

    /** Gives a variable a value. */
    Gogo with(String variable, Object value) {
        session.put(variable, value);
        return this;
    }

    /** What the commands themselves have printed. */
    String printed() {
        return console.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        session.close();
        streams.stop();
    }
}
