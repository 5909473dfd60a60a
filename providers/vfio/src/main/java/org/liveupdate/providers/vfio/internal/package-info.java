/** PCI devices that applications drive, and the file handler vfio-pci-v1. */
package org.liveupdate.providers.vfio.internal;
