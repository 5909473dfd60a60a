package org.liveupdate.providers.record.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.record.internal.Text.assertRefused;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.record.Contents;
import org.liveupdate.providers.api.record.OpenRecord;
import org.liveupdate.providers.api.record.Records;

/** What applications do with records, within one generation. */
class RecordsTest {

    @TempDir
    Path directory;

    private Machine machine;
    private Records records;
    private long pages;

    @BeforeEach
    void start() throws Exception {
        machine = Machine.start(directory);
        records = machine.records("shop");
        pages = machine.pages();
    }

    @AfterEach
    void everyPageIsFreeOnceAllRecordsAreRemoved() throws Exception {
        for (String name : records.names()) {
            records.remove(name);
        }
        assertEquals(pages, machine.pages());
        machine.close();
    }

    @Test
    void aNewRecordContainsNothing() throws Exception {
        assertEquals("nothing", Text.in(records, "cart"));
    }

    @Test
    void theNextUserReadsWhatTheLastOneWrote() throws Exception {
        byte[] bytes = "x".repeat(5000).getBytes();
        try (OpenRecord record = records.open("cart")) {
            record.write(Text.of("old"));
            record.write(new Contents(7, bytes));
        }

        try (OpenRecord record = machine.records("another bundle").open("cart")) {
            assertEquals(7, record.read().orElseThrow().version());
            assertArrayEquals(bytes, record.read().orElseThrow().bytes());
        }
    }

    @Test
    void noBytesAtAllAreContentsToo() throws Exception {
        Text.write(records, "cart", "");

        assertEquals("", Text.in(records, "cart"));
    }

    @Test
    void aRecordIsOpenForOneUserAtATime() throws Exception {
        try (OpenRecord record = records.open("cart")) {
            String refusal = assertRefused(Errno.EBUSY, () -> machine.records("another bundle").open("cart"));
            assertTrue(refusal.contains("record \"cart\" is open in shop"), refusal);
            assertEquals("cart", record.name());
        }
        machine.records("another bundle").open("cart").close();
    }

    @Test
    void whatABundleLeavesOpenIsClosedWithoutAskingIt() throws Exception {
        BundleRecords leaving = (BundleRecords) machine.records("leaving");
        OpenRecord record = leaving.open("cart");
        record.write(Text.of("written"));
        record.saveWith(() -> Text.of("half torn down"));

        leaving.abandon();

        assertEquals("written", Text.in(records, "cart"));
        assertRefused(Errno.EBADF, record::read);
    }

    @Test
    void aClosedRecordIsRefusedAndClosedAgainInSilence() throws Exception {
        OpenRecord record = records.open("cart");
        record.close();
        record.close();

        assertRefused(Errno.EBADF, record::read);
        assertRefused(Errno.EBADF, () -> record.write(Text.of("late")));
        assertRefused(Errno.EBADF, () -> record.saveWith(() -> Text.of("late")));
    }

    @Test
    void closingAsksForContents() throws Exception {
        try (OpenRecord record = records.open("cart")) {
            record.saveWith(() -> Text.of("saved"));
        }

        assertEquals("saved", Text.in(records, "cart"));
    }

    @Test
    void aSaverThatFailsClosesTheRecordAndKeepsTheContents() throws Exception {
        OpenRecord record = records.open("cart");
        record.write(Text.of("written"));
        record.saveWith(() -> {
            throw new IllegalStateException("no state");
        });

        String refusal = assertRefused(Errno.EIO, record::close);

        assertTrue(refusal.contains("shop did not say what it is to contain"), refusal);
        assertEquals("written", Text.in(records, "cart"));
    }

    @Test
    void recordsAreListedInOrderUntilTheyAreRemoved() throws Exception {
        Text.write(records, "cart", "1");
        records.open("visitors").close();
        assertEquals(List.of("cart", "visitors"), records.names());

        records.remove("cart");

        assertEquals(List.of("visitors"), records.names());
        assertEquals("nothing", Text.in(records, "cart"));
        assertRefused(Errno.ENOENT, () -> records.remove("basket"));
    }

    @Test
    void anOpenRecordIsNotRemoved() throws Exception {
        try (OpenRecord record = records.open("cart")) {
            record.write(Text.of("kept"));
            assertRefused(Errno.EBUSY, () -> machine.records("another bundle").remove("cart"));
            assertEquals("kept", Text.in(record));
        }
    }

    @Test
    void anOperatorWhoClosesTheSessionRemovesTheRecordUnderItsUser() throws Exception {
        OpenRecord record = records.open("cart");
        record.saveWith(() -> Text.of("saved"));

        machine.operator().openSession("record/cart").close();

        assertRefused(Errno.EBADF, () -> record.write(Text.of("late")));
        record.close();
        assertEquals(List.of(), records.names());
        assertEquals("nothing", Text.in(records, "cart"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\0b", "123456789012345678901234567890123456789012345678901234567"})
    void aNameHas1To56BytesWithoutNul(String name) {
        assertRefused(Errno.EINVAL, () -> records.open(name));
        assertRefused(Errno.EINVAL, () -> records.remove(name));
    }

    @Test
    void theLongestNameIsTaken() throws Exception {
        Text.write(records, "\u00e4".repeat(28), "umlauts");

        assertEquals("umlauts", Text.in(records, "\u00e4".repeat(28)));
    }

    @Test
    void moreThanTheLargestRecordIsRefusedAndTheContentsStay() throws Exception {
        try (OpenRecord record = records.open("cart")) {
            record.write(Text.of("small"));
            assertRefused(Errno.EFBIG, () -> record.write(new Contents(1, new byte[Records.MAX_BYTES + 1])));
            assertEquals("small", Text.in(record));
        }
    }
}
