package org.liveupdate.demo.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.demo.files.FakeFactories;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.FlbCount;
import org.liveupdate.demo.run.PastUpdate;
import org.liveupdate.demo.run.PastUpdate.Times;
import org.liveupdate.providers.api.memory.ByteFile;

class PlanFormatTest {
    private final ByteFile file = new FakeFactories().create("plan");

    @Test
    void whatWasWrittenIsRead() throws Exception {
        PastUpdate past = new PastUpdate(12, 34, new Times(1, 2, 3, 4, 5, "monotonic"), 6, 7);
        Plan plan = new Plan(3, 99, -5, List.of(10L, 20L), List.of(new FlbCount("pci", 1), new FlbCount("a b", 2)),
                List.of(past, past), List.of(new Footprint(1, 2, 3, -1)));
        PlanFormat.write(file, plan);
        assertEquals(plan, PlanFormat.read(file));
    }

    @Test
    void aLongPlanTakesAsMuchRoomAsAShortOne() throws Exception {
        PlanFormat.write(file, Plan.of(1, 2, 3));
        long size = file.size();
        PlanFormat.write(file, Plan.of(1, 2, 3).with(List.of(1L, 2L), List.of(), new Footprint(1, 2, 3, 4)));
        assertEquals(size, file.size());
    }

    @Test
    void whatIsNotAPlanIsRefused() throws Exception {
        file.write(ByteBuffer.wrap("version=2\n".getBytes()));
        Failure failure = assertThrows(Failure.class, () -> PlanFormat.read(file));
        assertTrue(failure.getMessage().contains("version 2"), failure.getMessage());
    }
}
