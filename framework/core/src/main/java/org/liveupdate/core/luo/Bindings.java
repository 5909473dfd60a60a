package org.liveupdate.core.luo;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** Who may take over what: the policy, and what an operator has granted. Thread safe. */
final class Bindings {
    private volatile Ownership policy;
    /** By owner, who may take its place. */
    private final Map<String, Set<String>> granted = new ConcurrentHashMap<>();

    Bindings(Ownership policy) {
        this.policy = policy;
    }

    /** Another policy from now on. */
    void policy(Ownership next) {
        policy = next;
    }

    /**
     * The operator wants a bundle in the place of another one.
     *
     * @return false if it was allowed to before
     */
    boolean grant(String owner, Module candidate) {
        return granted.computeIfAbsent(owner, key -> ConcurrentHashMap.newKeySet()).add(candidate.owner());
    }

    /** Takes a grant back; what was taken over by it stays taken over. */
    void revoke(String owner, Module candidate) {
        granted.getOrDefault(owner, Set.of()).remove(candidate.owner());
    }

    /** Whether a bundle may take over what {@code owner} preserved. */
    boolean allows(Module candidate, String owner) {
        return policy == Ownership.ANY || !candidate.isCounted() || owner.isEmpty() || owner.equals(candidate.owner())
                || granted.getOrDefault(owner, Set.of()).contains(candidate.owner());
    }

    /**
     * Refuses a bundle that is not the owner.
     *
     * @param candidate
     *            who wants to take over
     * @param owner
     *            {@link Module#owner} of whoever preserved it
     * @param what
     *            for the message: what is refused
     * @throws LiveUpdateException
     *             {@code EPERM}
     */
    void check(Module candidate, String owner, Object what) throws LiveUpdateException {
        if (!allows(candidate, owner)) {
            throw new LiveUpdateException(Errno.EPERM, what + " is refused: state with this string was preserved by "
                    + owner + ", not by " + candidate.owner() + "; install that bundle, swap it for this one, or set "
                    + "liveupdate.ownership=any");
        }
    }
}
