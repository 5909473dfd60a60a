package org.liveupdate.demo.vm;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/** The handlers that a guest needs. */
final class Providers {
    private static final Set<String> WANTED = Set.of("memfd-v2", "huge-memfd-v1", "kvm_vm_luo_v1",
            "guest_memfd_huge_v1", "iommufd-v1", "vfio-pci-v1");

    private Providers() {}

    /** Whether all are registered, with all their FLBs. */
    static boolean areReady(RuntimeDTO state) {
        return Arrays.stream(state.handlers).filter(handler -> handler.registered && handler.missing.length == 0)
                .map(handler -> handler.compatible).collect(Collectors.toSet()).containsAll(WANTED);
    }
}
