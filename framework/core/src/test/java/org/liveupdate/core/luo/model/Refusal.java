package org.liveupdate.core.luo.model;

/** The model refuses: an errno name. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    Refusal(String errno) {
        super(errno);
    }
}
