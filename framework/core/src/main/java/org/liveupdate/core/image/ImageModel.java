package org.liveupdate.core.image;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What one generation tells the next, as values: {@link ImageEncoder} writes it, {@link ImageDecoder} reads it.
 *
 * @param number
 *            of the live update, 1 for the first
 * @param flbs
 *            preserved FLBs that files hold
 * @param sessions
 *            in order of creation
 * @param resume
 *            what goes on as outgoing; null in the image of a live update, where nothing does
 */
public record ImageModel(long number, List<FlbEntry> flbs, List<SessionEntry> sessions, Resume resume) {
    /**
     * What a generation has preserved itself, when it ends without a live update: the next one goes on with it on the same
     * side.
     *
     * @param number
     *            how many live updates have led to whoever goes on, 0 or more
     * @param flbs
     *            preserved FLBs that files hold
     * @param sessions
     *            in order of creation
     */
    public record Resume(long number, List<FlbEntry> flbs, List<SessionEntry> sessions) {}

    /** What a live update writes: everything is incoming in the next generation. */
    public ImageModel(long number, List<FlbEntry> flbs, List<SessionEntry> sessions) {
        this(number, flbs, sessions, null);
    }

    /**
     * How many live updates have led to whoever takes the image over.
     *
     * @return 0 or more
     */
    public long updates() {
        return resume == null ? number : resume.number();
    }

    /**
     * The memory scopes that anything in the image refers to.
     *
     * @return their numbers, without 0
     */
    public Set<Long> scopes() {
        Set<Long> scopes = new HashSet<>();
        addScopes(flbs, sessions, scopes);
        if (resume != null) {
            addScopes(resume.flbs, resume.sessions, scopes);
        }
        return scopes;
    }

    private static void addScopes(List<FlbEntry> flbs, List<SessionEntry> sessions, Set<Long> scopes) {
        flbs.forEach(flb -> addScope(flb.scope(), scopes));
        sessions.forEach(session -> session.files().forEach(file -> addScope(file.scope(), scopes)));
    }

    private static void addScope(long scope, Set<Long> scopes) {
        if (scope != 0) {
            scopes.add(scope);
        }
    }

    /**
     * A preserved FLB.
     *
     * @param name
     *            compatible string
     * @param data
     *            of the provider
     * @param files
     *            how many files hold it, at least 1
     * @param scope
     *            its memory scope, 0 for none
     * @param owner
     *            symbolic name of the bundle that preserved it
     */
    public record FlbEntry(String name, long data, long files, long scope, String owner) {}

    /**
     * A session.
     *
     * @param name
     *            its name
     * @param files
     *            oldest first
     */
    public record SessionEntry(String name, List<FileEntry> files) {}

    /**
     * A preserved file.
     *
     * @param compatible
     *            of its handler
     * @param data
     *            of the handler
     * @param token
     *            in its session
     * @param flbs
     *            names of the FLBs it acquired, in order; equal lists are one object
     * @param scope
     *            its memory scope, 0 for none
     * @param owner
     *            symbolic name of the bundle that preserved it
     */
    public record FileEntry(String compatible, long data, long token, List<String> flbs, long scope, String owner) {}
}
