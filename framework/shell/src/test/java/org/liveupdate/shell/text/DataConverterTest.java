package org.liveupdate.shell.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.api.runtime.dto.CallbackTimesDTO;
import org.liveupdate.api.runtime.dto.EventDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.GenerationDTO;
import org.liveupdate.api.runtime.dto.HandlerDTO;
import org.liveupdate.api.runtime.dto.ImageDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;
import org.liveupdate.api.runtime.dto.KexecPlanDTO;
import org.liveupdate.api.runtime.dto.MemoryDTO;
import org.liveupdate.api.runtime.dto.MemoryOwnerDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.api.runtime.dto.UpdateDTO;
import org.liveupdate.shell.why.Explanation;
import org.liveupdate.shell.why.Finding;
import org.osgi.framework.dto.BundleDTO;

/** What people see. */
class DataConverterTest {
    private static String text(Object target) {
        CharSequence text = new DataConverter().format(target, 0, null);
        return text == null ? null : text.toString();
    }

    @Test
    void eachModuleIsALineAndEachFurtherHolderAnother() {
        assertEquals("""
                id  module            state  refs  used by
                12  memfd 1.0.0       LIVE      2  file 1 of session "a"
                                                   file 2 of session "a"
                 -  built in by hand  LIVE      0""",
                text(new ModuleDTO[]{
                        Samples.module(12, "memfd 1.0.0", "file 1 of session \"a\"", "file 2 of session \"a\""),
                        Samples.module(-1, "built in by hand")}));
    }

    @Test
    void oneIsShownLikeSeveralAndNoneAsASentence() {
        assertEquals("id  module       state  refs  used by\n 7  memfd 1.0.0  LIVE      0",
                text(Samples.module(7, "memfd 1.0.0")));
        assertEquals("no bundle provides or holds anything", text(new ModuleDTO[0]));
        assertEquals("there is no session", text(new SessionDTO[0]));
        assertEquals("there is no file", text(new SessionFile[0]));
        assertEquals("no file handler is registered", text(new HandlerDTO[0]));
        assertEquals("nothing has been recorded", text(new EventDTO[0]));
        assertEquals("no FLB is registered, and none was handed over",
                text(new Flbs(new FlbDTO[0], new IncomingFlbDTO[0])));
    }

    @Test
    void whatIsNoneOfOurDataIsLeftToOthers() {
        assertNull(text("a module"));
        assertNull(text(null));
        assertNull(text(new Object[]{"x"}));
    }

    @Test
    void handlersSayWhatTheyLack() {
        HandlerDTO lacking = Samples.handler("vfio-v1", "vfio 1.0.0", 0);
        lacking.missing = new String[]{"iommu-v1", "pci-v1"};
        HandlerDTO withdrawn = Samples.handler("old-v1", "old 1.0.0", 3, "a", "b");
        withdrawn.registered = false;

        assertEquals("""
                handler  bundle      state                   files  flbs
                vfio-v1  vfio 1.0.0  lacks iommu-v1, pci-v1      0
                old-v1   old 1.0.0   unregistered                3  a, b""",
                text(new HandlerDTO[]{lacking, withdrawn}));
    }

    @Test
    void flbsShowBothLifeCycles() {
        FlbDTO unlinked = Samples.flb("spare", "p 1.0.0", "IDLE", 0);
        unlinked.links = 0;
        IncomingFlbDTO failed = Samples.incoming("pool", "FAILED", 2);
        failed.failure = "EINVAL: too new";

        assertEquals("""
                flb    side      state     files  handles  pages  bundle   note
                spare  outgoing  UNLINKED      0        0      0  p 1.0.0
                pool   incoming  FAILED        2        0      0           EINVAL: too new""",
                text(new Flbs(new FlbDTO[]{unlinked}, new IncomingFlbDTO[]{failed})));
    }

    @Test
    void sessionsCountTheirFilesByState() {
        assertEquals("""
                session  side      open  files  states
                vm-1     outgoing  yes       3  1 DETACHED, 2 PRESERVED""",
                text(Samples.session("OUTGOING", "vm-1", Samples.file(1, "h", "PRESERVED"),
                        Samples.file(2, "h", "PRESERVED"), Samples.file(3, "k", "DETACHED"))));
    }

    @Test
    void filesNameTheirSessionAndWhyNobodyServesThem() {
        SessionDTO session = Samples.session("INCOMING", "vm", Samples.file(-1, "memfd-v1", "WAITING", "pool"));
        session.files[0].failure = "no handler";

        assertEquals("""
                session  side      token  handler   state    flbs  pages  note
                vm       incoming     -1  memfd-v1  WAITING  pool      0  no handler""",
                text(SessionFile.of(session)));
    }

    @Test
    void memoryIsShownInPagesAndBytesAndByOwner() {
        MemoryDTO memory = new MemoryDTO();
        memory.file = "/handover/memory";
        memory.pageSize = 4096;
        memory.totalPages = 512;
        memory.limitPages = 1 << 24;
        memory.usedPages = 3;
        memory.preservedPages = 1;
        memory.preservedBlocks = 1;
        memory.highWaterPages = 4;
        memory.fragmentation = 0.25;
        MemoryOwnerDTO owner = new MemoryOwnerDTO();
        owner.owner = "flb pool";
        owner.preservedPages = 1;
        memory.owners = new MemoryOwnerDTO[]{owner};

        assertEquals("""
                file            /handover/memory
                size            512 pages (2.0 MiB), may grow to 16777216 pages (64.0 GiB)
                used            3 pages (12.0 KiB)
                preserved       1 page (4.0 KiB) in 1 block
                most ever used  4 pages (16.0 KiB)
                fragmentation   25 % of what is free cannot be had in one block

                owner     preserved pages  other pages
                flb pool                1            0""", text(memory));
    }

    @Test
    void statusNamesWhatWasRefusedAndWhatIsSlowWithItsStack() {
        RuntimeDTO core = Samples.core();
        core.number = 1;
        core.generation = new GenerationDTO();
        core.generation.pid = 77;
        core.generation.jvm = "OpenJDK 17";
        core.generation.framework = "felix 7";
        core.update = new UpdateDTO();
        core.update.number = 1;
        core.update.blackout = 60_600;
        core.sessions = new SessionDTO[]{Samples.session("INCOMING", "s", Samples.file(1, "h", "WAITING"))};
        core.refused = new RefusedDTO[]{Samples.refused("FLB", "pool", "q 1.0.0", "EEXIST", "p has the name")};
        core.callbacks = new CallbackDTO[]{Samples.slow("preserve", "pool", "p 1.0.0")};

        String text = text(core);

        assertTrue(
                text.startsWith(
                        "live update  on, RUNNING, after 1 live update\ngeneration   pid 77, OpenJDK 17, felix 7, "),
                text);
        assertTrue(text.contains("last update  number 1, blackout 60.6 ms\n"), text);
        assertTrue(text.contains("incoming     1 session, 1 file, 1 without a provider that serves them\n"), text);
        assertTrue(text.endsWith("""
                refused      1
                refused: FLB pool of bundle q 1.0.0: EEXIST: p has the name
                slow: preserve of pool in bundle p 1.0.0 has been running for 5000 ms in thread "worker"
                    at p.Pool.wait(Pool.java:7)
                    at p.Pool.preserve(Pool.java:3)"""), text);
    }

    @Test
    void aCoreThatWaitsShowsWhatItKnows() {
        RuntimeDTO core = Samples.core();
        core.phase = "WAITING";
        core.number = -1;

        assertEquals("""
                live update  on, WAITING
                directory    /handover
                handlers     0
                flbs         0 registered, 0 in use, 0 handed over
                outgoing     0 sessions, 0 files
                incoming     0 sessions, 0 files
                refused      nothing""", text(core));
    }

    @Test
    void historyShowsTheImageTheTimeLineAndTheCallbacks() {
        ImageDTO image = new ImageDTO();
        image.path = "/handover/image-2";
        image.bytes = 2048;
        image.origin = "UPDATE";
        image.sessions = 1;
        image.files = 2;
        image.owners = new String[]{"memfd"};
        UpdateDTO update = new UpdateDTO();
        update.number = 2;
        update.prepare = 900_000;
        update.blackout = 75_500;
        update.finish = -1;
        CallbackTimesDTO freeze = new CallbackTimesDTO();
        freeze.callback = "freeze";
        freeze.compatible = "memfd-v1";
        freeze.module = "memfd 1.0.0";
        freeze.calls = 2;
        freeze.ended = 3_400;
        freeze.longest = 1_500;

        String text = text(new History(image, update, new CallbackTimesDTO[]{freeze},
                new EventDTO[]{Samples.event("LU0301", "SWAP", "swapped\nbelow")}));

        assertTrue(text.startsWith("image  /handover/image-2, 2.0 KiB, committed "), text);
        assertTrue(text.contains("came   from a running predecessor\n"), text);
        assertTrue(text.contains("held   1 session, 2 files, 0 FLBs of memfd\n"), text);
        assertTrue(text.contains("blackout     75.5 ms\nfinish       not yet\n"), text);
        assertTrue(text.contains("freeze    memfd-v1  memfd 1.0.0      2       0         0         3   1.5 ms\n"),
                text);
        assertTrue(text.matches("(?s).*LU0301  SWAP  OK      swapped\n +below"), text);
    }

    @Test
    void aColdStartHasNoTimeLine() {
        assertEquals("cold start: no image was taken over",
                text(new History(null, null, new CallbackTimesDTO[0], new EventDTO[0])));
    }

    @Test
    void theLogEndsWithWhatIsSlow() {
        String text = text(new Log(new EventDTO[0], new CallbackDTO[]{Samples.slow("preserve", "pool", "p 1.0.0")}));

        assertTrue(text.startsWith("nothing has been recorded\n\nslow: preserve of pool"), text);
    }

    @Test
    void aPlanBeginsWithTheVerdict() {
        KexecPlanDTO plan = new KexecPlanDTO();
        plan.successor = 9;
        plan.prepare = 1_000;
        plan.readable = new String[]{"flb a", "format x-v1", "handler b", "handler c"};
        String ready = "a successor (pid 9) was ready after 1.0 ms and was ended again; it reads 2 handlers, 1 FLB and "
                + "1 format\n";

        assertEquals(ready + "a kexec would carry everything over", text(plan));
        plan.losses = new String[]{"no handler d"};
        assertEquals(ready + "a kexec would be refused without --force\n  would not survive: no handler d", text(plan));
        plan.blockers = new String[]{"session s is unfinished"};
        assertEquals(ready + "a kexec would be refused now, also by force\n  in the way: session s is unfinished\n"
                + "  would not survive: no handler d", text(plan));
        assertEquals("p 1 can be swapped; no other bundle stops\n  goes to the new bundle: file 1",
                text(new SwapPlan("p 1", List.of("file 1"), List.of())));
        assertEquals("p 1 cannot be swapped\n  in the way: q is wired to it",
                text(new SwapPlan("p 1", List.of(), List.of("q is wired to it"))));
    }

    @Test
    void aBundleIsOneLine() {
        BundleDTO bundle = new BundleDTO();
        bundle.id = 21;
        bundle.symbolicName = "p";
        bundle.version = "2.0.0";

        assertEquals("bundle 21 (p 2.0.0)", text(bundle));
    }

    @Test
    void anExplanationHasASentenceAndBehindAnArrowWhatToDo() {
        assertEquals("handler h:\n  nobody provides it\n    -> felix:start 7\n  so it is",
                text(new Explanation[]{new Explanation("handler h",
                        List.of(new Finding("nobody provides it", "felix:start 7", true),
                                new Finding("so it is", null, false)))}));
    }

    @Test
    void whatATerminalWouldActOnIsShownNotSent() {
        String text =
                text(Samples.session("OUTGOING", "a\u001b[2J\u202e", new org.liveupdate.api.runtime.dto.FileDTO[0]));

        assertTrue(text.contains("a\\u001b[2J\\u202e"), text);
    }
}
