package org.liveupdate.core.osgi;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId.Severity;

/**
 * Logs where there is no log service. What is no warning is not shown unless somebody asks for it: a JVM without any
 * configuration prints to the console, where an operator may be typing.
 */
final class SystemLog implements Consumer<Event> {
    private final Logger logger = System.getLogger("org.liveupdate.core");

    @Override
    public void accept(Event event) {
        logger.log(event.id().severity() == Severity.WARNING ? Level.WARNING : Level.DEBUG,
                () -> event.id() + " " + event.text());
    }
}
