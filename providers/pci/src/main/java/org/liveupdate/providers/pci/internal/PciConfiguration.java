package org.liveupdate.providers.pci.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured under {@link #PID}. */
@ObjectClassDefinition(id = PciConfiguration.PID, name = "Liveupdate PCI core",
        description = "Where PCI devices are listed, and which drivers may take them.")
public @interface PciConfiguration {

    /** The PID. */
    String PID = Pci.BUNDLE;

    /** Framework property: the directory, unless it is configured. */
    String SYSFS_PROPERTY = "liveupdate.pci.sysfs";

    /** The directory, unless there is a framework property either. */
    String SYSFS = "/sys/bus/pci/devices";

    /** A directory, or empty. */
    @AttributeDefinition(name = "sysfs directory", required = false,
            description = "A directory like /sys/bus/pci/devices, for example a copy of one. If empty: the framework "
                    + "property liveupdate.pci.sysfs, else the machine's own.")
    String sysfs() default "";

    /** Addresses with drivers. */
    @AttributeDefinition(name = "driver overrides", required = false,
            description = "Which driver alone may take a device, such as 0000:00:03.0=vfio-pci.")
    String[] driver_overrides() default {};
}
