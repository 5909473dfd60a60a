/**
 * The machine that the providers drive where there is no real one: its PCI devices and its IOMMU as files, and each device
 * as a process of its own, which goes on while generations of the framework come and go.
 */
package org.liveupdate.providers.hardware;
