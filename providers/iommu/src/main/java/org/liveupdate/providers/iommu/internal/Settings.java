package org.liveupdate.providers.iommu.internal;

import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** What can be configured, by a framework property. */
final class Settings {

    /** Framework property: the directory of the machine whose IOMMU it is. */
    static final String MACHINE = "liveupdate.iommu.machine";

    private Settings() {}

    /** The machine's directory; null for none. */
    static Path machine(UnaryOperator<String> property) {
        String machine = property.apply(MACHINE);
        return machine == null || machine.isBlank() ? null : Path.of(machine.trim());
    }
}
