package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Callback;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;

/** Many files, many sessions, many threads, and what is no file of the handler. */
interface FileUseRules<F> extends FileRules<F> {
    /** How long the handler may think about a file that is not its own. */
    Duration QUICK = Duration.ofMillis(1);

    private static List<Object> foreign() {
        return List.of(new Object(), "file", 1, 1L, new byte[0], new int[]{1}, List.of(), Path.of("file"),
                new AtomicLong(), (Runnable) () -> {}, new KitFile("file", 1), Object.class);
    }

    @Test
    default void foreignObjectsAreNotTaken() {
        FileHandler<?> handler = scene().handler();
        for (Object object : foreign()) {
            assertFalse(handler.canPreserve(object), () -> "canPreserve takes a " + object.getClass().getName());
        }
    }

    @Test
    default void foreignObjectsAreRefusedAtOnce() {
        FileHandler<?> handler = scene().handler();
        Object object = new Object();
        long[] nanos = new long[101];
        for (int i = 0; i < nanos.length; i++) {
            long begin = System.nanoTime();
            handler.canPreserve(object);
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        assertTrue(nanos[nanos.length / 2] < QUICK.toNanos(),
                () -> "canPreserve takes " + nanos[nanos.length / 2] / 1000 + " µs, at the median of " + nanos.length);
    }

    @Test
    default void theSameFileIsNotPreservedTwice() throws Exception {
        F file = scene().preserve(1);
        Session other = scene().createSession("other");
        assertEquals(Errno.EBUSY,
                assertThrows(LiveUpdateException.class, () -> other.preserve(FileScene.FIRST, file)).errno());
        scene().handOver();
        F retrieved = scene().retrieve(FileScene.FIRST);
        Session next = scene().createSession("next");
        assertEquals(Errno.EBUSY,
                assertThrows(LiveUpdateException.class, () -> next.preserve(FileScene.FIRST, retrieved)).errno());
    }

    private int count(String flb, Callback callback) {
        return scene().calls().count(flb, callback);
    }

    @Test
    default void itsFlbsArePreservedOnceAndFinishedOnceForManyFiles() throws Exception {
        List<String> flbs = scene().host().flbs(scene().compatible());
        assumeFalse(flbs.isEmpty(), "the handler depends on no FLB");
        scene().preserve(1);
        scene().preserve(2);
        scene().preserveApart(scene().create(3));
        scene().handOver();
        scene().retrieve(1);
        scene().retrieve(2);
        scene().closeSession();
        for (String flb : flbs) {
            assertEquals(1, count(flb, Callback.PRESERVE), () -> flb + " preserved");
            assertEquals(0, count(flb, Callback.FINISH), () -> flb + " finished while a file is left");
        }
        Session apart = scene().retrieveSession("apart");
        scene().retrieve(apart, FileScene.FIRST);
        scene().close(apart);
        for (String flb : flbs) {
            assertEquals(1, count(flb, Callback.FINISH), () -> flb + " finished");
            assertEquals(0, count(flb, Callback.UNPRESERVE), () -> flb + " unpreserved");
        }
    }

    /** A thread's work: its own files in its own sessions. */
    private void preserveAndUnpreserve(int thread) throws Exception {
        for (int round = 0; round < 20; round++) {
            F file = scene().create(thread * 100 + round);
            Object state = scene().state(file);
            Session session = scene().createSession("thread " + thread + ", round " + round);
            scene().preserve(session, FileScene.FIRST, file);
            assertEquals(state, scene().state(file), "preserved");
            Object changed = scene().changed(file, round);
            assertEquals(changed, scene().state(file), "changed");
            scene().close(session);
            assertEquals(changed, scene().state(file), "unpreserved");
            scene().closeFile(file);
        }
    }

    @Test
    default void manyThreadsPreserveUseAndUnpreserveDifferentFiles() throws Exception {
        List<Threads.Work> works = new ArrayList<>();
        for (int thread = 1; thread <= 4; thread++) {
            int number = thread;
            works.add(() -> preserveAndUnpreserve(number));
        }
        Threads.run(works);
    }

    @Test
    default void filesThatManyThreadsPreserveAreKeptApart() throws Exception {
        List<Threads.Work> works = new ArrayList<>();
        Object[] states = new Object[5];
        for (int thread = 1; thread < states.length; thread++) {
            int number = thread;
            works.add(() -> {
                F file = scene().create(number);
                states[number] = scene().state(file);
                scene().preserve(scene().createSession("thread " + number), FileScene.FIRST, file);
            });
        }
        Threads.run(works);
        scene().handOver();
        for (int thread = 1; thread < states.length; thread++) {
            Session session = scene().retrieveSession("thread " + thread);
            assertEquals(states[thread], scene().state(scene().retrieve(session, FileScene.FIRST)));
        }
    }
}
