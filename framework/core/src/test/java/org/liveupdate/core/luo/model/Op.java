package org.liveupdate.core.luo.model;

/**
 * One operation of a random sequence. What the numbers mean depends on the kind; a number that is too large wraps around.
 *
 * @param kind
 *            what to do
 * @param a
 *            first number
 * @param b
 *            second number
 * @param c
 *            third number
 */
public record Op(Kind kind, int a, int b, int c) {
    /** What can be done. */
    public enum Kind {
        /** Register handler a. */
        REGISTER(3),
        /** Unregister handler a. */
        UNREGISTER(1),
        /** Link FLB b to handler a. */
        LINK(5),
        /** Unlink FLB b from handler a. */
        UNLINK(1),
        /** Create session a. */
        CREATE(4),
        /** Preserve file c in session a under token b. */
        PRESERVE(14),
        /** Close outgoing session a. */
        CLOSE(2),
        /** Take incoming session a. */
        TAKE(5),
        /** Retrieve token b of incoming session a. */
        RETRIEVE(8),
        /** Finish incoming session a. */
        FINISH(2),
        /** Close incoming session a. */
        CLOSE_INCOMING(2),
        /** Open a handle on the FLB name a, outgoing if b is even. */
        OPEN(8),
        /** Close open handle a. */
        CLOSE_HANDLE(5),
        /** Put module a into state b. */
        MODULE(1),
        /** The next call of callback b of FLB name a, or of handler name a, fails. */
        FAIL(3),
        /** Give up the incoming FLB name a. */
        DISCARD(2),
        /** Freeze everything and take it back. */
        FREEZE(1),
        /** Hand over to the next generation. */
        REBOOT(1);

        /** How often it is to be chosen. */
        public final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    /** Few tokens, so that they meet. */
    public long token() {
        return b % 3;
    }

    @Override
    public String toString() {
        return kind + "(" + a + ' ' + b + ' ' + c + ')';
    }
}
