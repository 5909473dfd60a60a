package org.liveupdate.core.osgi;

import org.liveupdate.api.runtime.dto.GenerationDTO;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** The JVM and framework in which a core runs. */
final class ThisGeneration {
    private final long started = System.currentTimeMillis();
    private final String framework;
    private final String core;

    private ThisGeneration(String framework, String core) {
        this.framework = framework;
        this.core = core;
    }

    static ThisGeneration in(BundleContext context) {
        Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        return new ThisGeneration(system.getSymbolicName() + ' ' + system.getVersion(),
                context.getBundle().getVersion().toString());
    }

    /** Outside of any framework. */
    static ThisGeneration standalone() {
        return new ThisGeneration(null, null);
    }

    GenerationDTO toDto() {
        GenerationDTO dto = new GenerationDTO();
        dto.pid = ProcessHandle.current().pid();
        dto.started = started;
        dto.jvm = System.getProperty("java.vm.name") + ' ' + Runtime.version();
        dto.framework = framework;
        dto.core = core;
        return dto;
    }
}
