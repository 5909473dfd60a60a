package org.liveupdate.core.luo;

import java.time.Duration;
import org.liveupdate.api.LiveUpdateConstants;

/**
 * How the core is to behave.
 *
 * @param enabled
 *            false turns live update off: everything is {@code EOPNOTSUPP}
 * @param flbLimit
 *            how many FLBs can be linked or in use, 1 to {@value LiveUpdateConstants#LUO_FLB_MAX}
 * @param patience
 *            the callback deadline: how long one call waits for another bundle's callback
 * @param detachPatience
 *            the detach deadline: how long whoever stops a bundle waits for callbacks and handles in flight, and for its
 *            state to be written down
 * @param moduleRule
 *            when module references are held
 * @param ownership
 *            who may take over what another bundle preserved
 */
public record Settings(boolean enabled, int flbLimit, Duration patience, Duration detachPatience, ModuleRule moduleRule,
        Ownership ownership) {
    /** Live update on, the kernel's limit, ten seconds, two for detaching, modules held while in use, state bound. */
    public static final Settings DEFAULT = new Settings(true, LiveUpdateConstants.LUO_FLB_MAX, Duration.ofSeconds(10),
            Duration.ofSeconds(2), ModuleRule.IN_USE, Ownership.BOUND);

    /**
     * These settings with another limit.
     *
     * @param limit
     *            how many FLBs can be linked or in use
     * @return a copy
     */
    public Settings withFlbLimit(int limit) {
        return new Settings(enabled, limit, patience, detachPatience, moduleRule, ownership);
    }

    /**
     * These settings with another deadline.
     *
     * @param deadline
     *            the callback deadline
     * @return a copy
     */
    public Settings withPatience(Duration deadline) {
        return new Settings(enabled, flbLimit, deadline, detachPatience, moduleRule, ownership);
    }

    /**
     * These settings with another rule for module references.
     *
     * @param rule
     *            when they are held
     * @return a copy
     */
    public Settings withModuleRule(ModuleRule rule) {
        return new Settings(enabled, flbLimit, patience, detachPatience, rule, ownership);
    }

    /**
     * These settings with another deadline for detaching.
     *
     * @param deadline
     *            the detach deadline
     * @return a copy
     */
    public Settings withDetachPatience(Duration deadline) {
        return new Settings(enabled, flbLimit, patience, deadline, moduleRule, ownership);
    }

    /**
     * These settings with another policy.
     *
     * @param policy
     *            who may take over
     * @return a copy
     */
    public Settings withOwnership(Ownership policy) {
        return new Settings(enabled, flbLimit, patience, detachPatience, moduleRule, policy);
    }

    /**
     * These settings with live update off.
     *
     * @return a copy
     */
    public Settings disabled() {
        return new Settings(false, flbLimit, patience, detachPatience, moduleRule, ownership);
    }
}
