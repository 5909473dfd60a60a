package org.liveupdate.testkit;

/** Rules of the contract of an FLB. */
interface FlbRules<T> {
    /** What happens in the present test. */
    FlbScene<T> scene();
}
