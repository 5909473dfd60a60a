package org.liveupdate.demo;

import java.io.InterruptedIOException;

/** Is told how work on many bytes gets on. */
@FunctionalInterface
interface Meter {
    /**
     * Some bytes more are done.
     *
     * @param bytes
     *            how many since the last call
     * @throws InterruptedIOException
     *             if the work is to stop
     */
    void add(long bytes) throws InterruptedIOException;
}
