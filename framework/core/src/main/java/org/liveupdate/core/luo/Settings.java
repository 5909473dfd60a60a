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
 * @param moduleRule
 *            when module references are held
 */
public record Settings(boolean enabled, int flbLimit, Duration patience, ModuleRule moduleRule) {
    /** Live update on, the kernel's limit, ten seconds, modules held while in use. */
    public static final Settings DEFAULT = new Settings(true, LiveUpdateConstants.LUO_FLB_MAX, Duration.ofSeconds(10),
            ModuleRule.IN_USE);

    /**
     * These settings with another deadline.
     *
     * @param deadline
     *            the callback deadline
     * @return a copy
     */
    public Settings withPatience(Duration deadline) {
        return new Settings(enabled, flbLimit, deadline, moduleRule);
    }

    /**
     * These settings with another rule for module references.
     *
     * @param rule
     *            when they are held
     * @return a copy
     */
    public Settings withModuleRule(ModuleRule rule) {
        return new Settings(enabled, flbLimit, patience, rule);
    }

    /**
     * These settings with live update off.
     *
     * @return a copy
     */
    public Settings disabled() {
        return new Settings(false, flbLimit, patience, moduleRule);
    }
}
