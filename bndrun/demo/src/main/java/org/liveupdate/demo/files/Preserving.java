package org.liveupdate.demo.files;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.demo.files.Cargo.Copy;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.FlbCount;

/**
 * Preserves the live files for the next generation, each copy in its session, and last of all the manifest, when the FLBs
 * have counted.
 */
final class Preserving {
    private final LiveUpdate liveUpdate;
    private final LiveUpdateRuntime runtime;
    private final List<Session> sessions = new ArrayList<>();

    Preserving(LiveUpdate liveUpdate, LiveUpdateRuntime runtime) {
        this.liveUpdate = liveUpdate;
        this.runtime = runtime;
    }

    /** Preserves everything, or nothing. */
    void preserve(Cargo cargo, Manifest manifest) throws Failure {
        try {
            preserveAll(cargo, manifest);
        } catch (LiveUpdateException e) {
            undo();
            throw new Failure("cannot preserve the files: " + e.getMessage());
        } catch (Failure | RuntimeException e) {
            undo();
            throw e;
        }
    }

    private void preserveAll(Cargo cargo, Manifest manifest) throws LiveUpdateException, Failure {
        Session memfds = create(Cargo.MEMFD_SESSION);
        Session huge = create(Cargo.HUGE_SESSION);
        for (Copy copy : cargo.copies()) {
            Session session = copy.session().equals(Cargo.HUGE_SESSION) ? huge : memfds;
            session.preserve(copy.entry().token(), copy.file());
        }
        ManifestFile.write(cargo.manifest(), manifest.with(FlbCount.of(runtime.getRuntimeDTO())));
        memfds.preserve(Cargo.MANIFEST_TOKEN, cargo.manifest());
    }

    private Session create(String name) throws LiveUpdateException {
        Session session = liveUpdate.createSession(name);
        sessions.add(session);
        return session;
    }

    private void undo() {
        for (Session session : sessions) {
            try {
                session.close();
            } catch (LiveUpdateException e) {
                // the first failure is the one to tell; what stays preserved goes into an image when this JVM ends
            }
        }
    }
}
