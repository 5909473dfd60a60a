package org.liveupdate.shell;

import org.liveupdate.api.Kexec;

/** The bundle that replaces the JVM, which may not be there. */
final class KexecBundle {
    private KexecBundle() {}

    /**
     * Why no successor can be started here.
     *
     * @param kexec
     *            its service, or null
     * @return empty if one can, else a sentence
     */
    static String unavailable(Kexec kexec) {
        return kexec == null ? "kexec is not possible: its bundle org.liveupdate.kexec is not installed or not started"
                : kexec.unavailable();
    }
}
