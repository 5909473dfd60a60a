package org.liveupdate.kexec;

import java.io.IOException;
import org.liveupdate.kexec.supervisor.link.Verb;

/**
 * Where a generation asks for a successor, and hears of it: the supervisor, or, in a container that has none, the one
 * who starts the configured command. The conversation is the same. Thread safe.
 */
interface ControlChannel {
    /** What the other side says about updates. */
    Inbox inbox();

    /**
     * Says something to the other side.
     *
     * @throws IOException
     *             if nobody is there to hear it
     */
    void send(Verb verb, Object... arguments) throws IOException;
}
