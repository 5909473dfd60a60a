package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.kho.ScopeControl;

/**
 * A file of an incoming session.
 *
 * <pre>
 *   waiting (no handler) --bind--> known --retrieve--> retrieved
 *      ^                             |       +-------> failed, while this handler is there
 *      |                             +--finish--> gone (from known, retrieved or failed)
 *      +--- handler leaves (from known or failed; from retrieved: detached, retrieved again by the next handler)
 * </pre>
 *
 * Everything but {@link #handler} is changed in the session's turn only; binding happens under the core lock.
 */
final class IncomingFile {
    final String compatible;
    final long token;
    final long data;
    /** The entries this file holds, in the order in which they were acquired. */
    final IncomingFlb[] flbs;
    /** Number of its memory scope in the image, 0 for none. */
    final long scopeId;
    /** Symbolic name of the bundle that preserved it. */
    String preservedBy;
    /** Null while the file waits for its handler; written under the core lock. */
    volatile HandlerRuntime handler;
    volatile Object file;
    Object identity;
    /** Why retrieve failed, or null. */
    volatile LiveUpdateException failure;
    /** Whether it was retrieved by a handler that has left: the next one retrieves it before it can be finished. */
    boolean detached;
    /** Whether retrieve is running: a cycle if it comes back here. */
    boolean retrieving;
    volatile ScopeControl scope;

    IncomingFile(ImageModel.FileEntry entry, IncomingFlb[] flbs) {
        this.compatible = entry.compatible();
        this.token = entry.token();
        this.data = entry.data();
        this.scopeId = entry.scope();
        this.preservedBy = entry.owner();
        this.flbs = flbs;
    }

    RetrieveStatus status() {
        LiveUpdateException failed = failure;
        if (failed != null) {
            return RetrieveStatus.failed(failed.errno());
        }
        return file == null ? RetrieveStatus.NOT_TRIED : RetrieveStatus.RETRIEVED;
    }

    /** If it could not be taken over because something was missing, that may be tried again; whether that is so. */
    boolean forgetMissing() {
        boolean missing = detached && failure != null && failure.errno() == Errno.ENODEV;
        if (missing) {
            failure = null;
        }
        return missing;
    }

    String stateName() {
        if (detached) {
            return "DETACHED";
        }
        if (handler == null) {
            return "WAITING";
        }
        if (failure != null) {
            return "FAILED";
        }
        return file == null ? "KNOWN" : "RETRIEVED";
    }

    /** Its own scope and those of its FLBs; the core lock is held. */
    List<ScopeControl> scopesLocked() {
        List<ScopeControl> scopes = new ArrayList<>();
        scopes.add(scope);
        for (IncomingFlb flb : flbs) {
            scopes.add(flb.scope);
        }
        return scopes;
    }
}
