package org.liveupdate.core.osgi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.core.luo.ModuleRule;
import org.liveupdate.core.luo.Ownership;
import org.liveupdate.core.luo.Settings;
import org.liveupdate.kho.MemoryOptions;

/**
 * Framework or system properties of the core.
 *
 * <pre>
 *   liveupdate.directory         handover directory; default: a fresh private one
 *   liveupdate.role              first (default) or successor: waits for an image
 *   liveupdate.enabled           true (default) or false
 *   liveupdate.flb.max           1 to 63, default 63
 *   liveupdate.callback.timeout  milliseconds, 1 or more, default 10000
 *   liveupdate.detach.timeout    milliseconds, 1 or more, default 2000
 *   liveupdate.ownership         bound (default) or any: who may take over what another bundle preserved
 *   liveupdate.module.rule       in-use (default) or registered
 *   liveupdate.exclusive         false (default) or true: one bundle at a time uses sessions
 *   liveupdate.memory.limit      bytes of handover memory at most, default 64 GiB
 * </pre>
 */
final class Configuration {
    private static final String PREFIX = "liveupdate.";

    private final UnaryOperator<String> properties;

    Configuration(UnaryOperator<String> properties) {
        this.properties = properties;
    }

    Settings settings() {
        return new Settings(choice("enabled", "true", "false").equals("true"),
                (int) number("flb.max", Settings.DEFAULT.flbLimit(), 1, LiveUpdateConstants.LUO_FLB_MAX),
                Duration.ofMillis(
                        number("callback.timeout", Settings.DEFAULT.patience().toMillis(), 1, Integer.MAX_VALUE)),
                Duration.ofMillis(
                        number("detach.timeout", Settings.DEFAULT.detachPatience().toMillis(), 1, Integer.MAX_VALUE)),
                choice("module.rule", "in-use", "registered").equals("in-use") ? ModuleRule.IN_USE
                        : ModuleRule.REGISTERED,
                choice("ownership", "bound", "any").equals("bound") ? Ownership.BOUND : Ownership.ANY);
    }

    MemoryOptions memoryOptions() {
        return MemoryOptions.defaults().withLimitBytes(number("memory.limit", MemoryOptions.DEFAULT_LIMIT_BYTES,
                1L << 20, MemoryOptions.MAX_LIMIT_BYTES));
    }

    /** The handover directory, or null if none is configured. */
    Path directory() {
        String text = properties.apply(PREFIX + "directory");
        return text == null || text.isBlank() ? null : Path.of(text).toAbsolutePath();
    }

    boolean isExclusive() {
        return choice("exclusive", "false", "true").equals("true");
    }

    boolean isSuccessor() {
        return choice("role", "first", "successor").equals("successor");
    }

    private String choice(String name, String usual, String other) {
        String text = properties.apply(PREFIX + name);
        if (text == null || text.equals(usual)) {
            return usual;
        }
        if (text.equals(other)) {
            return other;
        }
        throw new IllegalArgumentException(PREFIX + name + " is " + usual + " or " + other + ", not \"" + text + '"');
    }

    private long number(String name, long usual, long least, long most) {
        String text = properties.apply(PREFIX + name);
        if (text == null) {
            return usual;
        }
        try {
            long value = Long.parseLong(text.trim());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, together with the range
        }
        throw new IllegalArgumentException(
                PREFIX + name + " is a number from " + least + " to " + most + ", not \"" + text + '"');
    }
}
