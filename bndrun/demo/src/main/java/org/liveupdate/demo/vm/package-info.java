/**
 * The guest: a virtual machine's worth of state goes through live updates while two devices go on writing to it.
 *
 * <pre>
 *   0x000000000  +---------------------+  memfd, sealed                  <-- device 1 writes its ring here
 *                | low memory          |
 *   0x100000000  +---------------------+  file on huge pages, sealed     <-- device 2 writes its ring here
 *                | high memory         |
 *   0x200000000  +---------------------+  guest_memfd
 *                | private memory      |
 *                +---------------------+
 * </pre>
 *
 * Low and high memory are mapped in an IO address space at the addresses that the guest uses, private memory is not. One
 * session holds all of it, in the order that the handlers want: memory, the virtual machine, the iommufd, the devices.
 */
package org.liveupdate.demo.vm;
