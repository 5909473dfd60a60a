package org.liveupdate.core.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.Errno;

/** What happens is kept at once, and logged when nothing is locked. */
class JournalTest {
    private final List<Event> logged = new ArrayList<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final Journal journal = new Journal(logged::add, later::add, changes::incrementAndGet);

    @Test
    void anEventIsKeptAtOnceAndLoggedWhenThatIsAllowed() {
        journal.write(EventId.SWAP_REFUSED, "bundle", Errno.EBUSY, "not now");
        assertEquals(List.of(), logged);
        assertEquals(1, changes.get());
        later.pop().run();
        assertEquals(journal.history().list(), logged);
        Event event = logged.get(0);
        assertEquals(List.of(1L, EventId.SWAP_REFUSED, "bundle", "EBUSY", "not now"),
                List.of(event.sequence(), event.id(), event.subject(), event.result(), event.text()));
    }

    @Test
    void whatIsNoFailureIsOk() {
        journal.write(EventId.SWAPPED, "bundle", "replaced");
        assertEquals(Event.OK, journal.history().list().get(0).result());
    }

    @Test
    void onlyTheLastEventsAreKept() {
        for (int i = 0; i < History.LIMIT + 2; i++) {
            journal.write(EventId.SWAPPED, i, "replaced");
        }
        List<Event> kept = journal.history().list();
        assertEquals(History.LIMIT, kept.size());
        assertEquals(3, kept.get(0).sequence());
    }
}
