package org.liveupdate.itests;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Watches a provider; once armed, the next callback of that name does not return until it is let go. */
final class Obstacle implements Consumer<String> {
    private static final long SECONDS = 10;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    /** Guarded by this; null if no callback is to be caught any more. */
    private String armed;
    private Runnable inside = () -> {};

    /** Catches the next callback of that name. */
    synchronized void arm(String callback) {
        armed = callback;
    }

    /** Catches the next callback of that name, which does something first. */
    synchronized void arm(String callback, Runnable what) {
        armed = callback;
        inside = what;
    }

    @Override
    public void accept(String callback) {
        Runnable what = caught(callback);
        if (what != null) {
            entered.countDown();
            try {
                what.run();
                awaitLetGo();
            } finally {
                left.countDown();
            }
        }
    }

    private synchronized Runnable caught(String callback) {
        if (!callback.equals(armed)) {
            return null;
        }
        armed = null;
        return inside;
    }

    /** As stubborn as a callback can be: an interrupt does not end it. */
    private void awaitLetGo() {
        while (letGo.getCount() > 0) {
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.yield(); // and goes on waiting
            }
        }
    }

    void awaitEntered() throws InterruptedException {
        await(entered, "called");
    }

    void awaitLeft() throws InterruptedException {
        await(left, "left");
    }

    private static void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no callback was " + what + " within " + SECONDS + " s");
        }
    }

    boolean wasEntered() {
        return entered.getCount() == 0;
    }

    void letGo() {
        letGo.countDown();
    }
}
