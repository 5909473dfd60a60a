package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liveupdate.providers.memfd.internal.Bytes.assertRefused;
import static org.liveupdate.providers.memfd.internal.Bytes.some;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.api.Errno;
import org.liveupdate.kho.Region;
import org.liveupdate.providers.api.memfd.Memfd;

/** Records that make no sense: refused with the right errno, nothing restored, and finish still frees everything. */
class MemfdCorruptionTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"0, -1, EINVAL", "8, -1, EINVAL", "8, 9223372036854775807, EINVAL", "8, 24577, EINVAL",
            "24, -1, EINVAL", "24, 0, EINVAL", "24, 9223372036854775807, EINVAL", "32, 0, EINVAL", "32, 12345, EINVAL",
            "40, 0, EINVAL", "40, -1, EINVAL", "40, 281474976710657, EINVAL"})
    void aBadRecordIsRefused(int offset, long value, Errno errno) throws Exception {
        refusedAfter((record, array) -> record.putLong(offset, value), errno);
    }

    @Test
    void sealsOrFlagsThatAreNotKnownHereAreEopnotsupp() throws Exception {
        refusedAfter((record, array) -> record.putInt(16, 0x10), Errno.EOPNOTSUPP);
        refusedAfter((record, array) -> record.putInt(16, Integer.MIN_VALUE | 0x2), Errno.EOPNOTSUPP);
        refusedAfter((record, array) -> record.putInt(20, 1), Errno.EOPNOTSUPP);
    }

    @Test
    void aFolioThatIsNotPreservedIsEio() throws Exception {
        refusedAfter((record, array) -> array.putLong(0, 3L << 52), Errno.EIO);
        refusedAfter((record, array) -> array.putLong(0, -1), Errno.EINVAL);
        refusedAfter((record, array) -> array.putLong(0, 3L << 52 | 0xFFFF_FFFF_FFFFL), Errno.EIO);
        refusedAfter((record, array) -> array.putLong(0, array.getLong(16)), Errno.EINVAL);
    }

    @Test
    void aFolioOfTheRecordItselfIsNotMistakenForData() throws Exception {
        refusedAfter((record, array) -> array.putLong(0, 3L << 52 | record.address() >> 12), Errno.EINVAL);
    }

    @Test
    void aFolioOutOfPlaceOrNotToBeKeptIsEinval() throws Exception {
        refusedAfter((record, array) -> array.putLong(8, 1), Errno.EINVAL);
        refusedAfter((record, array) -> array.putLong(24, 3), Errno.EINVAL);
        refusedAfter((record, array) -> array.putLong(0, array.getLong(0) & ~(1L << 52)), Errno.EINVAL);
    }

    @FunctionalInterface
    private interface Damage {
        void on(Region record, Region array);
    }

    private void refusedAfter(Damage damage, Errno errno) throws Exception {
        Generation generation = Generation.first(directory);
        Memfd memfd = generation.create("test");
        memfd.truncate(5 * 4096 + 100);
        Held held = Held.preserve(generation, memfd);
        held.freeze();
        Region record = held.scope.region(held.data);
        Region chunk = held.scope.region(record.getLong(32));
        damage.on(record, held.scope.region(chunk.getLong(8)));
        generation = generation.next();
        Held inherited = held.inheritedBy(generation);
        long pages = generation.preservedPages();
        assertRefused(errno, () -> inherited.retrieve());
        assertEquals(pages, generation.preservedPages());
        assertEquals(0, inherited.scope.blocks().stream().filter(block -> block.restored()).count());
        assertEquals(0, inherited.finish());
        assertEquals(0, generation.pages());
        generation.close();
    }

    @Test
    void aRecordThatIsNotThereIsEinval() throws Exception {
        Generation generation = Generation.first(directory);
        Memfd memfd = generation.create("test");
        memfd.write(some(100));
        Held held = Held.preserve(generation, memfd);
        held.freeze();
        generation = generation.next();
        Held wrong = Held.inherit(generation, held.scope.id(), 0);
        assertRefused(Errno.EINVAL, wrong::retrieve);
        Held right = held.inheritedBy(generation);
        assertArrayEquals(some(100).array(), Bytes.read(right.retrieve()));
        assertEquals(0, right.finish());
        right.file.close();
        assertEquals(0, generation.pages());
        generation.close();
    }
}
