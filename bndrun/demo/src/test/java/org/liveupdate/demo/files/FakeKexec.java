package org.liveupdate.demo.files;

import org.liveupdate.api.Errno;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.dto.KexecPlanDTO;

/** Updates never succeed here; what the demo ends with is kept. */
final class FakeKexec implements Kexec {
    Integer status;
    String unavailable = "";
    Runnable duringUpdate = () -> {};

    @Override
    public String unavailable() {
        return unavailable;
    }

    @Override
    public KexecPlanDTO plan() {
        return new KexecPlanDTO();
    }

    @Override
    public void kexec(boolean force) throws LiveUpdateException {
        duringUpdate.run();
        throw new LiveUpdateException(Errno.ENODEV, "the successor died");
    }

    @Override
    public void exit(int exitStatus) {
        status = exitStatus;
    }
}
