package org.liveupdate.core.luo;

import static org.liveupdate.core.luo.Refusals.assertErrno;

import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** One opener at a time, or any number. */
class DeviceTest {
    private final Orchestrator core = Generation.first().core;
    private final Device device = core.device();

    @Test
    void anyNumberMayOpenItUnlessSomebodyAsksForOne() throws LiveUpdateException {
        device.open("a", "a");
        device.open("b", "b");
        assertErrno(Errno.EBUSY, () -> device.exclusive(true));
        device.close("b");
        device.exclusive(true);
        assertErrno(Errno.EBUSY, () -> device.open("b", "b"));
    }

    @Test
    void theOneOpenerMayOpenItTwice() throws LiveUpdateException {
        device.exclusive(true);
        device.open("a", "a");
        device.open("a", "a");
        device.close("a");
        device.open("b", "b");
        device.exclusive(false);
        device.open("a", "a");
    }

    @Test
    void whereLiveUpdateIsOffThereIsNoExclusiveDevice() throws LiveUpdateException {
        Device off = new Orchestrator(Settings.DEFAULT.disabled(), event -> {}).device();
        off.open("a", "a");
        off.close("a");
        off.exclusive(true);
        assertErrno(Errno.ENODEV, () -> off.open("a", "a"));
    }
}
