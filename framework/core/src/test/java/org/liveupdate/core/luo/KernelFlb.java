package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;

/**
 * One of the FLBs of the kernel's {@code lib/tests/liveupdate.c}: its data is a magic number, its outgoing object null,
 * its incoming object the number again. What the kernel prints goes into a log.
 */
final class KernelFlb implements Flb<Long> {
    static final String NAME = "liveupdate-test-flb-v";
    private static final long MAGIC_BASE = 0xFEEDF00DCAFEBEE0L;

    final List<String> log;
    private final int index;

    KernelFlb(int index, List<String> log) {
        this.index = index;
        this.log = log;
    }

    static List<FlbRuntime> three(List<String> log) {
        List<FlbRuntime> flbs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            flbs.add(new FlbRuntime(NAME + i, new KernelFlb(i, log), Module.builtIn("test")));
        }
        return flbs;
    }

    private long magic() {
        return MAGIC_BASE + index;
    }

    @Override
    public Preserved<Long> preserve(FlbContext context) {
        log.add("preserve was triggered " + index);
        return new Preserved<>(magic(), null);
    }

    @Override
    public void unpreserve(FlbContext context, long data, Long object) {
        log.add("unpreserve was triggered " + index);
    }

    @Override
    public Long retrieve(FlbContext context, long data) throws LiveUpdateException {
        if (data != magic()) {
            throw new LiveUpdateException(Errno.EINVAL, "incorrect data handed over: " + Long.toHexString(data));
        }
        log.add("found flb data from the previous boot " + index);
        return data;
    }

    @Override
    public void finish(FlbContext context, long data, Long object) {
        log.add(object != null && object == magic() ? "finish was triggered " + index
                : "finish saw the object " + object);
    }
}
