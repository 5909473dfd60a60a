package org.liveupdate.core.luo;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;

/** Threads that use one core at random, each a given number of times. */
final class Load {
    /** What refusals are to be expected when everybody does what he likes. */
    private static final Set<Errno> EXPECTED = EnumSet.of(Errno.EBUSY, Errno.ENODEV, Errno.ENOENT, Errno.EEXIST,
            Errno.EAGAIN, Errno.EINVAL, Errno.ENODATA, Errno.EHWPOISON, Errno.EIO, Errno.ETIMEDOUT, Errno.ENOMEM,
            Errno.EPERM);

    /** One operation of one thread. */
    interface Step {
        void run(SplittableRandom random) throws LiveUpdateException;
    }

    private final long seed;
    private final int steps;
    private final List<Other> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final Map<Errno, AtomicLong> refusals = new EnumMap<>(Errno.class);
    private final AtomicLong succeeded = new AtomicLong();

    Load(long seed, int steps) {
        this.seed = seed;
        this.steps = steps;
        for (Errno errno : Errno.values()) {
            refusals.put(errno, new AtomicLong());
        }
    }

    /** A thread that does these steps in turn. */
    void thread(Step... body) {
        SplittableRandom random = new SplittableRandom(seed + threads.size());
        threads.add(Other.thread(() -> {
            for (int i = 0; i < steps && failures.isEmpty(); i++) {
                attempt(body[i % body.length], random);
            }
        }));
    }

    private void attempt(Step step, SplittableRandom random) {
        try {
            step.run(random);
            succeeded.incrementAndGet();
        } catch (LiveUpdateException e) {
            refusals.get(e.errno()).incrementAndGet();
            if (!EXPECTED.contains(e.errno())) {
                failures.add(e);
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    /** Waits for all threads; throws what one of them met. */
    void join() throws Throwable {
        for (Other thread : threads) {
            thread.join();
        }
        Throwable failure = failures.peek();
        if (failure != null) {
            throw new AssertionError("under load, seed " + seed, failure);
        }
    }

    long succeeded() {
        return succeeded.get();
    }

    @Override
    public String toString() {
        refusals.values().removeIf(count -> count.get() == 0);
        return "seed " + seed + ", " + succeeded + " calls succeeded, refused were " + refusals;
    }
}
