/** The PCI core: devices from sysfs, their drivers, and the FLB of preserved ones. */
package org.liveupdate.providers.pci.internal;
