package org.liveupdate.providers.pci.internal;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.liveupdate.providers.api.fatal.FatalLog;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * What the components of this bundle share: the fatal conditions, and the devices that they are about. Needs no handover
 * memory, so that the FLB is there before it is. Thread safe.
 */
final class Pci {

    static final String BUNDLE = "org.liveupdate.providers.pci";

    private static final Logger LOG = System.getLogger(BUNDLE);

    private final FatalLog fatal = new FatalLog(BUNDLE);
    private final Set<PciAddress> stranded = new ConcurrentSkipListSet<>();

    FatalLog fatal() {
        return fatal;
    }

    /** Keeps and logs a fatal condition. */
    void report(String subject, String what, String action) {
        fatal.report(subject, what, action);
        LOG.log(Level.ERROR, "{0}: {1} ({2})", subject, what, action);
    }

    /** A device whose handover nobody finished while it could be: it is left alone from now on. */
    void strand(PciAddress address) {
        stranded.add(address);
    }

    boolean isStranded(PciAddress address) {
        return stranded.contains(address);
    }

    static void warn(String text) {
        LOG.log(Level.WARNING, text);
    }
}
