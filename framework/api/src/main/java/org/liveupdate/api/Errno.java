package org.liveupdate.api;

/**
 * Why a call was refused: the names and numbers of Linux on x86-64.
 *
 * <p>
 * {@code EWOULDBLOCK} has the number of {@link #EAGAIN}, as on Linux, but stays a constant of its own: unloading a
 * bundle that is in use answers {@code EWOULDBLOCK}, registering for a bundle that is going away {@code EAGAIN}.
 */
public enum Errno {
    /** Not allowed for this bundle. */
    EPERM(1, "operation not permitted"),
    /** No such file, session, token, handler or object. */
    ENOENT(2, "no such entry"),
    /** Input or output failed, or a provider failed without saying how. */
    EIO(5, "input/output error"),
    /** More than the receiver takes. */
    E2BIG(7, "too big"),
    /** Not an open file, or a session that was closed. */
    EBADF(9, "bad file"),
    /** The bundle is going away. */
    EAGAIN(11, "try again"),
    /** In use; see {@link Errno}. */
    EWOULDBLOCK(11, "would block"),
    /** No memory, or no handover memory, left. */
    ENOMEM(12, "out of memory"),
    /** The caller lacks a permission of the file system. */
    EACCES(13, "permission denied"),
    /** Nothing is mapped at an address. */
    EFAULT(14, "bad address"),
    /** Busy, or blocked by something unfinished. */
    EBUSY(16, "busy"),
    /** There is one already. */
    EEXIST(17, "already exists"),
    /** What is needed is not there: owner going away, detached, or never registered. */
    ENODEV(19, "no such device"),
    /** An argument is wrong, or the operation belongs to the other side. */
    EINVAL(22, "invalid argument"),
    /** Not an operation of this kind of file. */
    ENOTTY(25, "inappropriate operation"),
    /** The file is larger than can be preserved. */
    EFBIG(27, "file too large"),
    /** A limit is reached. */
    ENOSPC(28, "no space left"),
    /** A range error. */
    ERANGE(34, "out of range"),
    /** The call would wait for itself. */
    EDEADLK(35, "deadlock avoided"),
    /** Nothing was handed over, or it has been finished. */
    ENODATA(61, "no data"),
    /** A protocol was not kept. */
    EPROTO(71, "protocol error"),
    /** Live update is off, or not possible here. */
    EOPNOTSUPP(95, "operation not supported"),
    /** The number is taken. */
    EADDRINUSE(98, "address in use"),
    /** Not in time. */
    ETIMEDOUT(110, "timed out"),
    /** A page that the hardware reported as bad. */
    EHWPOISON(133, "memory page has hardware error");

    private final int number;
    private final String text;

    Errno(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /**
     * The number on Linux.
     *
     * @return a positive number
     */
    public int number() {
        return number;
    }

    /**
     * What the number means, in a few words.
     *
     * @return lower case, without a full stop
     */
    public String text() {
        return text;
    }
}
