package org.liveupdate.core.osgi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.core.luo.ModuleRule;
import org.liveupdate.core.luo.Ownership;
import org.liveupdate.core.luo.Settings;
import org.liveupdate.kho.MemoryOptions;

/**
 * How the core is configured: by Configuration Admin under the PID {@code org.liveupdate}, where that says nothing by
 * framework or system properties.
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

    /** What takes effect only when the core starts. */
    private static final List<String> AT_START =
            List.of("directory", "role", "enabled", "module.rule", "memory.limit");
    /** What takes effect at once. */
    private static final List<String> AT_ONCE =
            List.of("flb.max", "callback.timeout", "detach.timeout", "ownership", "exclusive");

    private final UnaryOperator<String> properties;

    Configuration(UnaryOperator<String> properties) {
        this.properties = properties;
    }

    /**
     * A configuration over others.
     *
     * @param configured
     *            what Configuration Admin says; values of any type count as what they print
     * @param defaults
     *            what is true of the rest
     */
    static Configuration of(Map<String, ?> configured, UnaryOperator<String> defaults) {
        return new Configuration(name -> {
            Object value = configured.get(name);
            return value == null ? defaults.apply(name) : value.toString();
        });
    }

    /**
     * Looks at every value.
     *
     * @throws IllegalArgumentException
     *             one is not allowed; the message says which are
     */
    void check() {
        settings();
        memoryOptions();
        isExclusive();
        isSuccessor();
        directory();
    }

    /** Everything that is in effect, by name. */
    Map<String, String> toMap() {
        Settings settings = settings();
        Map<String, String> all = new TreeMap<>();
        Path place = directory();
        if (place != null) {
            all.put(PREFIX + "directory", place.toString());
        }
        all.put(PREFIX + "role", isSuccessor() ? "successor" : "first");
        all.put(PREFIX + "enabled", Boolean.toString(settings.enabled()));
        all.put(PREFIX + "flb.max", Integer.toString(settings.flbLimit()));
        all.put(PREFIX + "callback.timeout", Long.toString(settings.patience().toMillis()));
        all.put(PREFIX + "detach.timeout", Long.toString(settings.detachPatience().toMillis()));
        all.put(PREFIX + "ownership", settings.ownership() == Ownership.BOUND ? "bound" : "any");
        all.put(PREFIX + "module.rule", settings.moduleRule() == ModuleRule.IN_USE ? "in-use" : "registered");
        all.put(PREFIX + "exclusive", Boolean.toString(isExclusive()));
        all.put(PREFIX + "memory.limit", Long.toString(memoryOptions().limitBytes()));
        return all;
    }

    /** What another configuration changes at once: {@code NAME from X to Y}. */
    List<String> changesAtOnce(Configuration next) {
        return changes(next, AT_ONCE);
    }

    /** What another configuration changes only when the core starts again. */
    List<String> changesAtStart(Configuration next) {
        return changes(next, AT_START);
    }

    private List<String> changes(Configuration next, List<String> names) {
        Map<String, String> before = toMap();
        Map<String, String> after = next.toMap();
        List<String> changes = new ArrayList<>();
        for (String name : names) {
            String was = before.get(PREFIX + name);
            String is = after.get(PREFIX + name);
            if (!Objects.equals(was, is)) {
                changes.add(PREFIX + name + " from " + was + " to " + is);
            }
        }
        return changes;
    }

    /** This configuration, but what takes effect only at a start as in another one. */
    Configuration withStartOf(Configuration started) {
        return new Configuration(name -> AT_START.contains(name.substring(PREFIX.length()))
                ? started.properties.apply(name) : properties.apply(name));
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
