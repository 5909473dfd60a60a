package org.liveupdate.demo.files;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.demo.files.Cargo.Item;
import org.liveupdate.demo.files.Manifest.Entry;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Units;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.memfd.Memfd;

/** Takes the live files over from the previous generation, and finishes their sessions. */
final class Retrieving {
    private Session memfds;
    private Session huge;
    private Manifest manifest;

    /** Retrieves everything. The first file ends the blackout, so nothing that takes time is done before it. */
    Cargo retrieve(LiveUpdate liveUpdate) throws Failure {
        memfds = session(liveUpdate, Cargo.MEMFD_SESSION);
        Memfd file = retrieve(memfds, Cargo.MANIFEST_TOKEN, Memfd.class);
        huge = session(liveUpdate, Cargo.HUGE_SESSION);
        manifest = ManifestFile.read(file);
        List<Item> items = new ArrayList<>();
        for (Entry entry : manifest.files()) {
            items.add(new Item(entry, retrieve(memfds, entry.token(), Memfd.class),
                    retrieve(huge, entry.token(), HugeMemfd.class)));
        }
        checkNumber(memfds, items.size() + 1);
        checkNumber(huge, items.size());
        return new Cargo(file, items);
    }

    /** What the previous generation said; after {@link #retrieve(LiveUpdate)}. */
    Manifest manifest() {
        return manifest;
    }

    private static Session session(LiveUpdate liveUpdate, String name) throws Failure {
        try {
            return liveUpdate.retrieveSession(name);
        } catch (LiveUpdateException e) {
            if (e.errno() == Errno.ENOENT) {
                throw new Failure("what was handed over has no session " + name + " of the demo but "
                        + liveUpdate.sessions(Side.INCOMING)
                        + "; go on with it without the word demo, or give it up with --discard");
            }
            throw new Failure("cannot retrieve session " + name + ": " + e.getMessage());
        }
    }

    private static <F> F retrieve(Session session, long token, Class<F> type) throws Failure {
        try {
            return session.retrieve(token, type);
        } catch (LiveUpdateException e) {
            if (token == Cargo.MANIFEST_TOKEN && e.errno() == Errno.ENOENT) {
                throw new Failure(
                        "what was handed over has no manifest, because the demo was stopped while it preserved"
                                + " its files; give it up with --discard");
            }
            throw new Failure(
                    "cannot retrieve file " + token + " of session " + session.name() + ": " + e.getMessage());
        }
    }

    private static void checkNumber(Session session, int expected) throws Failure {
        int number = session.tokens().size();
        if (number != expected) {
            throw new Failure("session " + session.name() + " has " + Units.count(number, "file") + " where "
                    + expected + " were preserved");
        }
    }

    /** Ends both sessions; the files live on. */
    void finish() throws Failure {
        for (Session session : List.of(memfds, huge)) {
            try {
                session.finish();
                session.close();
            } catch (LiveUpdateException e) {
                throw new Failure("cannot finish session " + session.name() + ": " + e.getMessage());
            }
        }
    }
}
