package org.liveupdate.itests.notes;

import java.util.Hashtable;
import java.util.Map;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Keeps and takes texts when a person at the prompt says so; a bundle of its own, apart from the provider's. */
public final class NotesAgent implements BundleActivator {
    private BundleContext context;

    @Override
    public void start(BundleContext started) {
        context = started;
        context.registerService(NotesAgent.class, this, new Hashtable<>(
                Map.of("osgi.command.scope", "notes", "osgi.command.function", new String[]{"keep", "take"})));
    }

    @Override
    public void stop(BundleContext stopped) {
        // the framework withdraws the command
    }

    private LiveUpdate liveUpdate() {
        return context.getService(context.getServiceReference(LiveUpdate.class));
    }

    /**
     * Preserves a text in a new session.
     *
     * @param session
     *            the session's name
     * @param text
     *            begins with the compatible string of its handler
     * @throws LiveUpdateException
     *             as {@link Session#preserve}
     */
    public void keep(String session, String text) throws LiveUpdateException {
        liveUpdate().createSession(session).preserve(1, text);
    }

    /**
     * Retrieves the text, and finishes the session.
     *
     * @param session
     *            the session's name
     * @return the text
     * @throws LiveUpdateException
     *             as {@link Session#retrieve} and {@link Session#finish}
     */
    public String take(String session) throws LiveUpdateException {
        try (Session incoming = liveUpdate().retrieveSession(session)) {
            String text = incoming.retrieve(1, String.class);
            incoming.finish();
            return text;
        }
    }
}
