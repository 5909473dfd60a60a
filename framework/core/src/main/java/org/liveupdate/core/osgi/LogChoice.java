package org.liveupdate.core.osgi;

import java.util.function.Consumer;
import org.liveupdate.core.journal.Event;
import org.osgi.framework.BundleContext;

/** The log of a framework: its log service, or what the JVM has. */
final class LogChoice implements Consumer<Event>, AutoCloseable {
    private final Consumer<Event> log;
    private final Runnable end;

    private LogChoice(Consumer<Event> log, Runnable end) {
        this.log = log;
        this.end = end;
    }

    static LogChoice open(BundleContext context) {
        SystemLog otherwise = new SystemLog();
        try {
            ServiceLog service = new ServiceLog(context, otherwise);
            return new LogChoice(service, service::close);
        } catch (NoClassDefFoundError e) {
            return new LogChoice(otherwise, () -> {}); // nobody exports the package of the log service
        }
    }

    @Override
    public void accept(Event event) {
        log.accept(event);
    }

    @Override
    public void close() {
        end.run();
    }
}
