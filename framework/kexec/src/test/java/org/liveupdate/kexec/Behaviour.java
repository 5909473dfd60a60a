package org.liveupdate.kexec;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a fake generation does otherwise than a good one: property {@code fake.n} for generation n, words with commas. */
enum Behaviour {
    /** Ends with status 9 before it says anything. */
    DIES_AT_START,
    /** Never has all its bundles started. */
    NEVER_READY,
    /** Has no handler {@code memfd-v1}. */
    LACKS_HANDLER,
    /** Has it only on the third look. */
    HANDLER_COMES_LATE,
    /** Ends with status 9 when it is told of the image. */
    DIES_BEFORE_CLAIM,
    /** Ends with status 9 after it has claimed. */
    DIES_CLAIMED,
    /** Cannot read the image. */
    REFUSES,
    /** Claims, and waits for the file {@code go} in the handover directory before it confirms. */
    WAITS_TO_CONFIRM,
    /** Ends with status 9 after it has confirmed, and before it says so. */
    DIES_CONFIRMED,
    /** Confirms, and says so when its predecessor has ended. */
    CONFIRMS_SILENTLY,
    /** A freeze callback says EBUSY. */
    VETOES,
    /** Says that something is in the way of an update. */
    BLOCKED;

    static Set<Behaviour> of(int generation) {
        String words = System.getProperty("fake." + generation, "");
        return Arrays.stream(words.split(",")).filter(word -> !word.isEmpty()).map(Behaviour::valueOf)
                .collect(Collectors.toSet());
    }
}
