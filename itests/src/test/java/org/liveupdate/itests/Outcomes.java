package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.function.Executable;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;

/** What tests want to know after they did something. */
final class Outcomes {
    private Outcomes() {}

    static LiveUpdateException assertErrno(Errno errno, Executable call) {
        LiveUpdateException exception = assertThrows(LiveUpdateException.class, call);
        assertEquals(errno, exception.errno(), exception.getMessage());
        return exception;
    }

    /** The references on a bundle, none if the core does not know it. */
    static long references(LiveUpdateRuntime runtime, String symbolicName) {
        return Arrays.stream(runtime.getRuntimeDTO().modules).filter(dto -> dto.name.startsWith(symbolicName + ' '))
                .mapToLong((ModuleDTO dto) -> dto.references).sum();
    }

    static FlbDTO flb(LiveUpdateRuntime runtime, String compatible) {
        return Arrays.stream(runtime.getRuntimeDTO().flbs).filter(dto -> dto.compatible.equals(compatible)).findFirst()
                .orElseThrow();
    }

    /** The errors of what a bundle offers and is refused. */
    static List<String> refused(LiveUpdateRuntime runtime, String symbolicName) {
        return Arrays.stream(runtime.getRuntimeDTO().refused).filter(dto -> dto.module.startsWith(symbolicName + ' '))
                .map(dto -> dto.kind + ' ' + dto.compatible + ' ' + dto.errno).sorted().toList();
    }
}
