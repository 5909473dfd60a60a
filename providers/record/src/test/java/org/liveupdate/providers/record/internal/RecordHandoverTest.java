package org.liveupdate.providers.record.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.providers.record.internal.Text.assertRefused;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.api.Session;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.record.OpenRecord;

/** Records go from one generation to the next, and from one provider to the next. */
class RecordHandoverTest {

    @TempDir
    Path directory;

    private Machine machine;

    @BeforeEach
    void start() throws Exception {
        machine = Machine.start(directory);
    }

    @AfterEach
    void stop() throws Exception {
        machine.close();
    }

    @Test
    void aRecordGoesThroughUpdatesWhetherOrNotItsUserComesBack() throws Exception {
        Text.write(machine.records("shop"), "cart", "three apples");
        long pages = machine.pages();

        for (int update = 0; update < 3; update++) {
            machine = machine.kexec();
            assertEquals(List.of("cart"), machine.records("shop").names());
            assertEquals(pages, machine.pages());
        }

        assertEquals("three apples", Text.in(machine.records("shop"), "cart"));
        machine.records("shop").remove("cart");
        assertEquals(pages - 2, machine.pages());
    }

    @Test
    void aRecordThatNobodyWroteStaysEmpty() throws Exception {
        machine.records("shop").open("cart").close();

        machine = machine.kexec();

        assertEquals("nothing", Text.in(machine.records("shop"), "cart"));
    }

    @Test
    void theUserIsAskedWhenAnUpdateFreezesTheRecord() throws Exception {
        AtomicInteger apples = new AtomicInteger();
        OpenRecord record = machine.records("shop").open("cart");
        record.saveWith(() -> Text.of(apples + " apples"));
        apples.set(3);

        machine = machine.kexec();

        assertEquals("3 apples", Text.in(machine.records("shop"), "cart"));
    }

    @Test
    void theUserIsAskedWhenTheFrameworkStopsInOrder() throws Exception {
        machine.records("shop").open("cart").saveWith(() -> Text.of("asked"));

        machine.close();
        machine = Machine.start(directory);

        assertEquals("asked", Text.in(machine.records("shop"), "cart"));
    }

    @Test
    void aUserWhoCannotSayWhatToKeepRefusesTheUpdate() throws Exception {
        OpenRecord record = machine.records("shop").open("cart");
        record.write(Text.of("written"));
        record.saveWith(() -> {
            throw new LiveUpdateException(Errno.ETIMEDOUT, "the till is counting");
        });

        String refusal = assertRefused(Errno.ETIMEDOUT, () -> machine.freeze());
        assertTrue(refusal.contains("the till is counting"), refusal);

        record.write(Text.of("goes on"));
        assertEquals("goes on", Text.in(record));
    }

    @Test
    void nothingIsWrittenDuringAnUpdateAndAgainWhenItIsTakenBack() throws Exception {
        OpenRecord record = machine.records("shop").open("cart");
        record.write(Text.of("before"));
        machine.freeze();

        assertRefused(Errno.EBUSY, () -> record.write(Text.of("meanwhile")));
        assertEquals("before", Text.in(record));
        machine.takeBack();

        record.write(Text.of("after"));
        assertEquals("after", Text.in(record));
    }

    @Test
    void closingDuringAnUpdateKeepsWhatWasSavedForIt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        OpenRecord record = machine.records("shop").open("cart");
        record.saveWith(() -> Text.of("answer " + asked.incrementAndGet()));

        machine.freeze();
        record.close();
        machine.takeBack();

        assertEquals("answer 1", Text.in(machine.records("shop"), "cart"));
    }

    @Test
    void aProviderThatIsReplacedAsksBeforeItLeavesAndTheNextOneServesTheRecord() throws Exception {
        OpenRecord record = machine.records("shop").open("cart");
        record.saveWith(() -> Text.of("asked"));
        long pages = machine.pages();

        machine.stopProvider();
        machine.startProvider(new RecordHandler());

        assertRefused(Errno.ENODEV, record::read);
        assertRefused(Errno.ENODEV, () -> record.write(Text.of("late")));
        record.close();
        Text.write(machine.records("shop"), "cart", Text.in(machine.records("shop"), "cart") + " and written");
        assertEquals("asked and written", Text.in(machine.records("shop"), "cart"));
        machine.records("shop").remove("cart");
        assertEquals(pages - 1, machine.pages());
    }

    @Test
    void aProviderThatComesBackItselfServesWhatItsUsersStillHaveOpen() throws Exception {
        RecordHandler handler = new RecordHandler();
        machine.stopProvider();
        machine.startProvider(handler);
        OpenRecord record = machine.records("shop").open("cart");
        OpenRecord closed = machine.records("shop").open("visitors");
        record.write(Text.of("before"));

        machine.stopProvider();
        assertRefused(Errno.ENODEV, record::read);
        closed.close();
        machine.startProvider(handler);

        assertEquals("before", Text.in(record));
        record.write(Text.of("after"));
        assertRefused(Errno.EBUSY, () -> machine.records("another bundle").open("cart"));
        record.close();
        assertEquals("after", Text.in(machine.records("shop"), "cart"));
        machine.records("another bundle").open("visitors").close();
    }

    @Test
    void aRecordThatCannotBeReadIsKeptAndSaysWhyUntilItIsRemoved() throws Exception {
        machine.stopProvider();
        machine.startProvider(new Garbage());
        Session session = machine.operator().createSession("record/cart");
        session.preserve(0, "garbage");
        machine = machine.kexec();

        String refusal = assertRefused(Errno.EINVAL, () -> machine.records("shop").open("cart"));

        assertTrue(refusal.contains("remove it to start afresh"), refusal);
        assertEquals(List.of("cart"), machine.records("shop").names());
        machine.records("shop").remove("cart");
        assertEquals("nothing", Text.in(machine.records("shop"), "cart"));
    }

    /** Preserves what is no record under the name of records. */
    private static final class Garbage implements FileHandler<String> {

        @Override
        public boolean canPreserve(Object file) {
            return file instanceof String;
        }

        @Override
        public Preserved<?> preserve(FileContext context, String file) throws LiveUpdateException {
            Region head = context.memory().allocPreserve(RecordLayout.HEAD_BYTES);
            Region contents = context.memory().allocPreserve(RecordLayout.BYTES_OFFSET);
            RecordLayout.writeFields(contents, 1, Long.MAX_VALUE);
            RecordLayout.contents(head, contents.address());
            return new Preserved<>(head.address(), null);
        }

        @Override
        public void unpreserve(FileContext context, String file, long data, Object object) {}

        @Override
        public String retrieve(FileContext context, long data) {
            return "garbage";
        }

        @Override
        public void finish(FileContext context, String file, long data, RetrieveStatus status) {}
    }
}
