/**
 * Virtual machines and their memory.
 *
 * <p>{@link org.liveupdate.providers.api.kvm.KvmFactory} is an OSGi service. Its machines and guest memory are preserved by
 * the file handlers {@code kvm_vm_luo_v1}, {@code guest_memfd_luo_v1}, and for guest memory on huge pages
 * {@code guest_memfd_huge_v1}, which depends on the FLB {@code hugetlb-v1}.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.kvm;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
