package org.liveupdate.testkit;

/** Rules of the contract of a file handler. */
interface FileRules<F> {
    /** What happens in the present test. */
    FileScene<F> scene();

    /**
     * Whether a file that was handed over can be finished although nobody has retrieved it.
     *
     * @return false if the handler's {@code canFinish} insists on it; other rules are checked then
     */
    default boolean mayBeFinishedUnretrieved() {
        return true;
    }
}
