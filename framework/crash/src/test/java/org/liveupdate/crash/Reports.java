package org.liveupdate.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;

/** What the core reports, kept instead of printed. */
public final class Reports extends System.LoggerFinder {
    /** Guarded by itself. */
    private static final List<String> TEXTS = new ArrayList<>();

    /** For the service loader. */
    public Reports() {
        // nothing to set up
    }

    /** All that was reported since the last time, in one line. */
    static String take() {
        synchronized (TEXTS) {
            String all = String.join(" | ", TEXTS);
            TEXTS.clear();
            return all;
        }
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Keeping(name);
    }

    private record Keeping(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.compareTo(Level.WARNING) >= 0;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
            keep(level, thrown == null ? text : text + ": " + thrown);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... arguments) {
            keep(level, format);
        }

        private void keep(Level level, String text) {
            if (isLoggable(level)) {
                synchronized (TEXTS) {
                    TEXTS.add(text.replace('\n', ' '));
                }
            }
        }
    }
}
