package org.liveupdate.providers.vfio.internal;

/**
 * What a new version of this bundle needs to know of an open device, beside what the hardware knows.
 *
 * @param used whether it was attached once, so that it may be used and need not be reset
 * @param attached whether it is attached to a page table
 * @param incoming whether it came with a live update and was not attached since
 * @param closed whether its user has closed it, so that only the session keeps it
 */
record DeviceState(boolean used, boolean attached, boolean incoming, boolean closed) {

    /** Just opened. */
    static final DeviceState OPENED = new DeviceState(false, false, false, false);

    /** Just come with a live update. */
    static final DeviceState INCOMING = new DeviceState(false, false, true, false);

    private static final int USED = 1;
    private static final int ATTACHED = 2;
    private static final int HANDED_OVER = 4;
    private static final int CLOSED = 8;

    static DeviceState of(byte bits) {
        return new DeviceState((bits & USED) != 0, (bits & ATTACHED) != 0, (bits & HANDED_OVER) != 0,
                (bits & CLOSED) != 0);
    }

    /** All of it in one byte. */
    byte bits() {
        return (byte) ((used ? USED : 0) | (attached ? ATTACHED : 0) | (incoming ? HANDED_OVER : 0)
                | (closed ? CLOSED : 0));
    }

    /** It was attached: from now on it is used, and what came with it is consumed. */
    DeviceState nowAttached() {
        return new DeviceState(true, true, false, closed);
    }

    DeviceState nowDetached() {
        return new DeviceState(used, false, incoming, closed);
    }

    DeviceState nowClosed() {
        return new DeviceState(used, attached, incoming, true);
    }
}
