package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.liveupdate.itests.support.OsgiContainer;

/** Uses the core from outside of the framework, whichever core is there: it finds the services again for every call. */
final class CoreUser {
    private final OsgiContainer osgi;

    CoreUser(OsgiContainer osgi) {
        this.osgi = osgi;
    }

    Foreign liveUpdate() throws Exception {
        return new Foreign(osgi.service("org.liveupdate.api.LiveUpdate"));
    }

    Foreign state() throws Exception {
        return new Foreign(osgi.service("org.liveupdate.api.runtime.LiveUpdateRuntime")).call("getRuntimeDTO");
    }

    Object directory() throws Exception {
        return new Foreign(osgi.service("org.liveupdate.api.handover.Handover")).call("directory").object();
    }

    /** Preserves texts under the tokens 1, 2, and so on. */
    void preserve(String name, String... texts) throws Exception {
        Foreign session = liveUpdate().call("createSession", name);
        for (int i = 0; i < texts.length; i++) {
            session.call("preserve", i + 1L, texts[i]);
        }
    }

    Object sessions(String side) throws Exception {
        return liveUpdate().call("sessions", side).object();
    }

    /** Finds an outgoing session by its name, and ends it after a look at its contents. */
    void assertHoldsAndClose(String name, String... texts) throws Exception {
        Foreign session = liveUpdate().call("openSession", name);
        for (int i = 0; i < texts.length; i++) {
            Foreign file = session.call("open", i + 1L, String.class);
            assertEquals(texts[i], file.call("get").object());
            file.call("close");
        }
        session.call("close");
    }

    /** Takes over a session, and finishes it after a look at its contents. */
    void assertHandedOverAndFinish(String name, String... texts) throws Exception {
        Foreign session = liveUpdate().call("retrieveSession", name);
        for (int i = 0; i < texts.length; i++) {
            assertEquals(texts[i], session.call("retrieve", i + 1L, String.class).object());
        }
        session.call("finish");
        session.call("close");
    }

    /** State and files of the one FLB. */
    String flb() throws Exception {
        List<Foreign> flbs = state().get("flbs").each();
        assertEquals(1, flbs.size());
        return flbs.get(0).get("state").object() + " " + flbs.get(0).get("files").object();
    }

    long pages() throws Exception {
        return (long) state().get("memory").get("usedPages").object();
    }
}
