package org.liveupdate.demo.files;

import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.api.Kexec;
import org.liveupdate.api.LiveUpdateException;

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
    public List<String> plan() {
        return List.of();
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
