package org.liveupdate.api.runtime.dto;

import org.osgi.dto.DTO;

/** The live update that led to this generation; times in microseconds. */
public class UpdateDTO extends DTO {
    /** Its number, 1 for the first. */
    public long number;
    /** From the request until the successor was ready. */
    public long prepare;
    /** From the first freeze to the image being committed. */
    public long freeze;
    /** From the image being committed to this generation being in charge. */
    public long handover;
    /** From the first freeze to the first completed retrieve; -1 before it. */
    public long blackout;
    /** From the request to the first completed retrieve; -1 before it. */
    public long total;
    /** From this generation being in charge until the last incoming file was finished; -1 before it. */
    public long finish;
    /**
     * What the callbacks took until everything was finished, one entry for each provider and callback, in order of their
     * first call: the freezes in the predecessor, unless its build does not tell, then those of this generation.
     */
    public CallbackTimesDTO[] callbacks = {};
    /** When the image was committed, in milliseconds since 1970. */
    public long committed;
    /** Which clock the two JVMs share: {@code monotonic} or {@code wall}. */
    public String clock;
    /** Bytes of preserved memory that stayed where they were. */
    public long bytesCarried;
    /** Bytes written and read as the image. */
    public long bytesCopied;
}
