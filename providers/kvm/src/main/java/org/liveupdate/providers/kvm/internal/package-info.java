/** File handlers kvm_vm_luo_v1, guest_memfd_luo_v1 and guest_memfd_huge_v1. */
package org.liveupdate.providers.kvm.internal;
