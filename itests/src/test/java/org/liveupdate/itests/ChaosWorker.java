package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.itests.notes.NotesBundle;

/**
 * Preserves, reads and closes sessions of its own while bundles come and go, and knows what there has to be. A call may
 * be refused, with an errno that says that somebody is not there; what it has not refused has to hold.
 */
final class ChaosWorker {
    /** EBADF: a session that was opened with a core that has left meanwhile. */
    private static final Set<Errno> NOT_THERE = EnumSet.of(Errno.ENODEV, Errno.ENOENT, Errno.EBUSY, Errno.EAGAIN,
            Errno.ETIMEDOUT, Errno.EBADF);
    private static final int SESSIONS = 4;
    private static final int FILES = 25;

    private final String name;
    private final Random random;
    /** Answers null while there is no core. */
    private final Supplier<LiveUpdate> services;
    /** The core that the present call uses. */
    private LiveUpdate liveUpdate;
    private final List<NotesBundle> bundles;
    /** By session, the text of each token. */
    private final Map<String, Map<Long, String>> model = new TreeMap<>();
    /** Sessions that were not closed to the end: files go newest first, so the older ones are left. */
    private final Set<String> halfClosed = new HashSet<>();
    private long numbers;
    private long calls;
    private long refused;

    ChaosWorker(String name, long seed, Supplier<LiveUpdate> services, List<NotesBundle> bundles) {
        this.name = name;
        this.random = new Random(seed);
        this.services = services;
        this.bundles = bundles;
    }

    /** One random call. */
    void step() throws LiveUpdateException {
        LiveUpdate present = services.get();
        if (present == null) {
            Thread.onSpinWait();
            return;
        }
        liveUpdate = present;
        calls++;
        try {
            if (model.isEmpty() || model.size() < SESSIONS && random.nextInt(10) == 0) {
                create();
                return;
            }
            String session = pick(new ArrayList<>(model.keySet()));
            if (halfClosed.contains(session)) {
                close(session);
                return;
            }
            switch (random.nextInt(10)) {
                case 0 -> close(session);
                case 1, 2, 3 -> read(session);
                case 4, 5 -> readShared();
                default -> {
                    if (model.get(session).size() < FILES) {
                        preserve(session);
                    } else {
                        close(session);
                    }
                }
            }
        } catch (LiveUpdateException e) {
            if (!NOT_THERE.contains(e.errno())) {
                throw e;
            }
            refused++;
        }
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private void create() throws LiveUpdateException {
        String session = name + '-' + numbers++;
        liveUpdate.createSession(session);
        model.put(session, new TreeMap<>());
    }

    private void preserve(String session) throws LiveUpdateException {
        NotesBundle bundle = pick(bundles.stream().filter(each -> !each.handlers().isEmpty()).toList());
        long token = numbers++;
        String text = bundle.handlers().get(0) + ": " + name + ' ' + token;
        liveUpdate.openSession(session).preserve(token, text);
        model.get(session).put(token, text);
    }

    private void read(String session) throws LiveUpdateException {
        Map<Long, String> files = model.get(session);
        if (!files.isEmpty()) {
            long token = pick(new ArrayList<>(files.keySet()));
            try (FileHandle<String> file = liveUpdate.openSession(session).open(token, String.class)) {
                assertEquals(files.get(token), file.get());
            }
        }
    }

    private void readShared() throws LiveUpdateException {
        NotesBundle bundle = pick(bundles.stream().filter(each -> !each.flbs().isEmpty()).toList());
        String flb = bundle.flbs().get(0);
        try (FlbHandle<String> book = liveUpdate.getOutgoing(new FlbKey<>(flb, String.class))) {
            assertEquals("shared by files with " + flb, book.get());
        }
    }

    private void close(String session) throws LiveUpdateException {
        Session open = liveUpdate.openSession(session);
        halfClosed.add(session);
        open.close();
        halfClosed.remove(session);
        model.remove(session);
    }

    /** Every provider is there: so is everything that was ever preserved and not closed. */
    void check() throws LiveUpdateException {
        liveUpdate = services.get();
        List<String> sessions = liveUpdate.sessions(Side.OUTGOING).stream()
                .filter(session -> session.startsWith(name + '-')).sorted().toList();
        assertEquals(new ArrayList<>(model.keySet()), sessions);
        for (String session : sessions) {
            Session open = liveUpdate.openSession(session);
            Map<Long, String> files = model.get(session);
            List<Long> tokens = open.tokens();
            if (halfClosed.contains(session)) {
                files.keySet().removeIf(token -> tokens.isEmpty() || token > tokens.get(tokens.size() - 1));
            }
            assertEquals(new ArrayList<>(files.keySet()), tokens, session);
            for (Map.Entry<Long, String> expected : files.entrySet()) {
                try (FileHandle<String> file = open.open(expected.getKey(), String.class)) {
                    assertEquals(expected.getValue(), file.get(), session);
                }
            }
        }
    }

    /** How many files depend on an FLB. */
    long files(String flb) {
        return bundles.stream().filter(bundle -> bundle.depends().contains(flb))
                .flatMap(bundle -> bundle.handlers().stream())
                .mapToLong(handler -> model.values().stream().flatMap(files -> files.values().stream())
                        .filter(text -> text.startsWith(handler + ':')).count())
                .sum();
    }

    void closeAll() throws LiveUpdateException {
        liveUpdate = services.get();
        for (String session : List.copyOf(model.keySet())) {
            liveUpdate.openSession(session).close();
        }
        model.clear();
        halfClosed.clear();
    }

    long calls() {
        return calls;
    }

    /** How many calls were refused because somebody was not there; fewer than all, or nothing was tried. */
    long refused() {
        assertTrue(refused < calls, () -> "all " + calls + " calls were refused");
        return refused;
    }
}
