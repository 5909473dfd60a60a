package org.liveupdate.demo.files;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.demo.files.Cargo.Item;
import org.liveupdate.demo.files.Manifest.Entry;
import org.liveupdate.demo.files.Manifest.HugeSize;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Units;

class ComparisonTest {
    private static final int LENGTH = 3_000_000;
    private static final int HUGE = 733 * FakeFile.PAGE_SIZE;
    private static final int DAMAGED = 2_345_678;

    @TempDir
    Path directory;

    private final FakeFile memfd = new FakeFile(LENGTH);
    private final FakeFile huge = new FakeFile(HUGE);
    private Path source;
    private Cargo cargo;

    @BeforeEach
    void load() throws Exception {
        new Random(1).nextBytes(memfd.bytes);
        System.arraycopy(memfd.bytes, 0, huge.bytes, 0, LENGTH);
        source = Files.write(directory.resolve("source"), memfd.bytes);
        String sha256 = HexFormat.of().formatHex(Digests.sha256().digest(memfd.bytes));
        Entry entry = new Entry(5, source.toString(), LENGTH, sha256, new HugeSize(HUGE, FakeFile.PAGE_SIZE));
        cargo = new Cargo(new FakeFile(0), List.of(new Item(entry, memfd, huge)));
    }

    private String difference() {
        return assertThrows(Failure.class, this::compare).getMessage();
    }

    private void compare() throws Exception {
        new Comparison(new Stage(new FakeCore()).report).compare(cargo);
    }

    private static void assertContains(String part, String text) {
        assertTrue(text.contains(part), text);
    }

    @Test
    void whatIsAsItWasIsEqual() {
        assertDoesNotThrow(this::compare);
    }

    @Test
    void aDamagedCopyIsNamedWithTheOffsetThatTheOtherCopyTells() throws Exception {
        Files.delete(source);
        huge.bytes[DAMAGED]++;
        String difference = difference();
        assertContains("file 5 of session demo-huge (" + source + ") has other bytes", difference);
        assertContains("the first difference is at offset 2,345,678", difference);
    }

    @Test
    void ofTwoDamagedCopiesTheSourceTellsTheOffset() {
        memfd.bytes[DAMAGED]++;
        huge.bytes[0]++;
        String difference = difference();
        assertContains("session demo-memfd", difference);
        assertContains("at offset 2,345,678", difference);
    }

    @Test
    void withoutAnythingToCompareWithTheOffsetIsUnknown() throws Exception {
        Files.writeString(source, "something else");
        memfd.bytes[DAMAGED]++;
        huge.bytes[0]++;
        assertContains("the offset cannot be known", difference());
    }

    @Test
    void anotherSizeIsADifference() {
        memfd.bytes = Arrays.copyOf(memfd.bytes, LENGTH - 1);
        assertContains("has 2,999,999 bytes, not the 3,000,000", difference());
    }

    @Test
    void aStrayByteBehindTheEndIsADifference() {
        huge.bytes[HUGE - 1] = 1;
        assertContains("not zero at offset " + Units.exact(HUGE - 1), difference());
    }
}
