package org.liveupdate.testkit;

/** Rules of the contract of a file handler. */
interface FileRules<F> {
    /** What happens in the present test. */
    FileScene<F> scene();
}
