package org.liveupdate.inspector.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.inspector.ImageReport;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtWriter;

/** Dumps that are made here: layouts of which there is no dump of the real thing, and broken ones. */
class LinuxLuoTest {
    private static final Path NAME = Path.of("made.hex");
    private static final long ROOT = 0x10000;
    private static final long SESSIONS = 0x20000;
    private static final long FILES = 0x30000;
    private static final long FLBS = 0x40000;

    private final PhysicalMemory memory = new PhysicalMemory(ROOT);

    private static ByteBuffer page() {
        return ByteBuffer.allocate(PhysicalMemory.PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer string(ByteBuffer page, String text, int bytes) {
        int start = page.position();
        return page.put(text.getBytes(StandardCharsets.UTF_8)).position(start + bytes);
    }

    private void put(long address, ByteBuffer page) {
        memory.put(address, page.array());
    }

    private ImageReport read() {
        return LinuxLuo.read(NAME, 0, memory);
    }

    private static ByteBuffer fileEntry(ByteBuffer page, long token) {
        return string(page, "memfd-v2", 48).putLong(0x1234000).putLong(token);
    }

    private void flbPage() {
        put(FLBS, string(page().putLong(1).putLong(1), "pci-v1", 48).putLong(7).putLong(2));
    }

    private void tree(String sessions) {
        FdtNode root = FdtNode.root().setString("compatible", "luo-v1").setU64("liveupdate-number", 5)
                .add(FdtNode.named("luo-session").setString("compatible", sessions).setU64("luo-session-header",
                        SESSIONS))
                .add(FdtNode.named("luo-flb").setString("compatible", "luo-flb-v1").setU64("luo-flb-header", FLBS));
        memory.put(ROOT, FdtWriter.write(root));
        flbPage();
    }

    private void plain(String compatible) {
        int padded = compatible.length() + 1 + 7 & -8;
        put(ROOT, string(page(), compatible, padded).putLong(9).putLong(SESSIONS).putLong(FLBS));
        flbPage();
    }

    private static final List<FlbEntry> FLB = List.of(new FlbEntry("pci-v1", 7, 2, 0, ""));

    private static FileEntry file(long token) {
        return new FileEntry("memfd-v2", 0x1234000, token, List.of(), 0, "");
    }

    private void assertFault(ImageReport report, String kind, String... words) {
        String faults = report.faults().toString();
        assertEquals(kind, report.faults().get(0).kind(), faults);
        for (String word : words) {
            assertTrue(faults.contains(word), faults);
        }
    }

    @Test
    void theSecondMeaningOfTheFirstVersionIsFoundOut() {
        tree("luo-session-v1");
        put(SESSIONS, string(page().putLong(16).putLong(1), "vm", 64).putLong(FILES).putLong(1));
        put(FILES, fileEntry(page(), 3));

        ImageReport report = read();

        assertEquals(List.of(), report.faults());
        assertEquals(List.of(new SessionEntry("vm", List.of(file(3)))), report.model().sessions());
        assertTrue(report.unknown().get(0).contains("read as entries of 80 bytes"), report.unknown()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"luo-v3-kho-block-v1", "luo-v5"})
    void aRootWithoutDeviceTreeHasChainsOfPages(String compatible) {
        plain(compatible);
        put(SESSIONS, string(page().putLong(SESSIONS + 0x1000).putLong(1), "vm", 64).putLong(FILES).putLong(2));
        put(SESSIONS + 0x1000, string(page().putLong(0).putLong(1), "empty", 64));
        put(FILES, fileEntry(page().putLong(FILES + 0x1000).putLong(1), 3));
        put(FILES + 0x1000, fileEntry(page().putLong(0).putLong(1), -1));

        ImageReport report = read();

        assertEquals(List.of(), report.faults());
        assertEquals(9, report.model().number());
        assertEquals(FLB, report.model().flbs());
        assertEquals(List.of(new SessionEntry("vm", List.of(file(3), file(-1))), new SessionEntry("empty", List.of())),
                report.model().sessions());
    }

    @Test
    void aChainThatTurnsBackIsCorrupt() {
        plain("luo-v5");
        put(SESSIONS, string(page().putLong(SESSIONS).putLong(1), "vm", 64));

        assertFault(read(), "corrupt", "a cycle");
    }

    @Test
    void aCountThatDiffersFromTheChainIsCorrupt() {
        plain("luo-v5");
        put(SESSIONS, string(page().putLong(0).putLong(1), "vm", 64).putLong(0).putLong(2));

        assertFault(read(), "corrupt", "0 files, as the chain has");
    }

    @Test
    void aLaterRootIsNotGuessedAt() {
        plain("luo-v9");

        ImageReport report = read();

        assertFault(report, "too new", "luo-v9");
        assertTrue(report.unknown().get(0).contains("what luo_ser means"), report.unknown()::toString);
    }

    @Test
    void unknownNodesAreNamedAndTheOthersRead() {
        tree("luo-session-v7");

        ImageReport report = read();

        assertEquals(FLB, report.model().flbs());
        assertTrue(report.unknown().get(0).contains("/luo-session"), report.unknown()::toString);
    }

    @Test
    void aPageThatIsNotInTheDumpIsMissing() {
        tree("luo-session-v2");
        put(SESSIONS, string(page().putLong(1), "vm", 64).putLong(FILES).putLong(1));

        ImageReport report = read();

        assertFault(report, "missing", "file of session \"vm\"");
        assertEquals(FILES, report.faults().get(0).offset());
        assertEquals(FLB, report.model().flbs());
    }

    @Test
    void absurdCountsAreCorrupt() {
        tree("luo-session-v2");
        put(SESSIONS, page().putLong(Long.MAX_VALUE));
        put(FLBS, page().putLong(1).putLong(64));

        ImageReport report = read();

        assertEquals(2, report.faults().size(), report.faults()::toString);
        assertFault(report, "corrupt", "at most 819 sessions", "at most 63 FLBs");
    }

    @Test
    void namesWithoutEndAreCorrupt() {
        tree("luo-session-v2");
        put(SESSIONS, string(page().putLong(1), "x".repeat(64), 64));

        assertFault(read(), "corrupt", "a name of 1 to 63 bytes", "no end");
    }

    @Test
    void anEmptyDumpIsMissingItsRoot() {
        assertFault(read(), "missing", "the root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"page 1001 len 0", "page 1000 len 16\n2000  00", "page 1000 len 16\nnonsense",
            "page 1000 len 0  <- root\npage 2000 len 0  <- root"})
    void aLineThatIsNoLineOfADumpIsNamed(String text) {
        IOException refusal = assertThrows(IOException.class,
                () -> HexDump.parse(text.getBytes(StandardCharsets.US_ASCII), NAME));

        assertTrue(refusal.getMessage().matches("made.hex: line [12] of the dump: .*"), refusal::getMessage);
    }
}
