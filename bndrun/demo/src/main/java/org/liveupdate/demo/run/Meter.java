package org.liveupdate.demo.run;

import java.io.InterruptedIOException;

/** Is told how work on many bytes gets on. */
@FunctionalInterface
public interface Meter {
    /**
     * Some bytes more are done.
     *
     * @param bytes
     *            how many since the last call
     * @throws InterruptedIOException
     *             if the work is to stop
     */
    public void add(long bytes) throws InterruptedIOException;
}
