package org.liveupdate.inspector;

/** The words behind the command are wrong; the message says how, in one sentence. */
final class WrongUse extends Exception {
    private static final long serialVersionUID = 1L;

    WrongUse(String message) {
        super(message);
    }
}
