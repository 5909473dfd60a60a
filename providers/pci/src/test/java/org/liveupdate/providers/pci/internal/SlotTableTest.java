package org.liveupdate.providers.pci.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.ScopeControl;
import org.liveupdate.providers.api.pci.PciAddress;

/** The preserved devices in memory. After each test every page is free. */
class SlotTableTest {

    private static final long LIMIT_BYTES = 1 << 20;
    private static final List<PciAddress> BRIDGES = List.of(Tree.SWITCH, Tree.ROOT_PORT);

    @TempDir
    Path directory;

    private HandoverMemory memory;
    private ScopeControl scope;
    private SlotTable table;

    @BeforeEach
    void create() throws IOException {
        memory = HandoverMemory.create(directory, new MemoryOptions(LIMIT_BYTES));
        scope = memory.newScope("FLB pci", memory.pool("pci"));
        table = SlotTable.create(scope);
    }

    @AfterEach
    void everyPageIsFree() throws IOException {
        scope.discard();
        assertEquals(0, memory.statistics().usedPages());
        memory.close();
    }

    private Region header() {
        return table.header();
    }

    private Region firstBlock() {
        return scope.region(PciLayout.firstBlock(header()));
    }

    private SlotTable swapped() throws LiveUpdateException {
        long data = table.header().address();
        scope.reset();
        return SlotTable.restore(scope, data);
    }

    /** Device {@code number} of a machine with very many. */
    private static PciAddress device(int number) {
        return PciAddress.of(7, number);
    }

    private void allocateEverything() {
        while (true) {
            scope.allocPreserve(4096);
        }
    }

    private void addDevices(int from, int to) throws LiveUpdateException {
        for (int i = from; i < to; i++) {
            table.add(device(i), List.of());
        }
    }

    @Test
    void bridgesAreCountedOnceForEachDeviceBelowThem() throws Exception {
        table.add(Tree.NIC, BRIDGES);
        table.add(Tree.OTHER_NIC, BRIDGES);
        assertEquals(Map.of(Tree.NIC, 1, Tree.OTHER_NIC, 1, Tree.SWITCH, 2, Tree.ROOT_PORT, 2), table.references());
        assertEquals(4, PciLayout.devices(header()));
        assertTrue(table.remove(Tree.NIC, BRIDGES));
        assertEquals(1, table.references(Tree.SWITCH));
        assertTrue(table.remove(Tree.OTHER_NIC, BRIDGES));
        assertEquals(Map.of(), table.references());
        assertEquals(0, PciLayout.devices(header()));
    }

    @Test
    void aDeviceCountsOnce() throws Exception {
        table.add(Tree.NIC, BRIDGES);
        Refused.with(Errno.EBUSY, Tree.NIC.toString(), () -> table.add(Tree.NIC, BRIDGES));
        assertEquals(1, table.references(Tree.SWITCH));
    }

    @Test
    void whatIsNotCountedIsNotRemoved() {
        assertFalse(table.remove(Tree.NIC, BRIDGES));
        assertEquals(0, table.references(Tree.NIC));
    }

    @Test
    void theEntriesAreThoseOfTheOriginal() throws Exception {
        table.add(new PciAddress(0x1_0203, 0x81, 0x1f, 5), List.of());
        assertEquals(1, header().getInt(0));
        assertEquals(1, header().getInt(4));
        Region block = scope.region(header().getLong(8));
        assertEquals(0, block.getLong(0));
        assertEquals(1, block.getLong(8));
        assertEquals(0x1_0203, block.getInt(16));
        assertEquals((short) 0x81fd, block.getShort(20));
        assertEquals(1, block.getShort(22));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 510, 511, 1021})
    void devicesInAnyNumberOfBlocksAreThereForTheNextOwner(int devices) throws Exception {
        addDevices(0, devices);
        assertEquals(1 + (devices + 509) / 510, scope.pages());
        Map<PciAddress, Integer> expected = new TreeMap<>(table.references());
        table = swapped();
        assertEquals(expected, table.references());
        table.remove(device(0), List.of());
        addDevices(devices, devices + 1);
        table = swapped();
        assertEquals(devices, table.references().size());
        assertEquals(1 + (devices + 509) / 510, scope.pages(), "the free entry was used again");
    }

    @Test
    void aFreeEntryIsAllZeros() throws Exception {
        table.add(Tree.NIC, List.of());
        table.remove(Tree.NIC, List.of());
        assertEquals(0, firstBlock().getLong(16));
    }

    @Test
    void withoutMemoryNothingIsCounted() throws Exception {
        addDevices(0, 509);
        Map<PciAddress, Integer> before = table.references();
        assertThrows(KhoException.class, this::allocateEverything);
        Refused.with(Errno.ENOMEM, Tree.NIC.toString(), () -> table.add(Tree.NIC, BRIDGES));
        assertEquals(before, table.references());
        assertEquals(509, PciLayout.devices(header()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0xffff})
    void aCorruptCounterOfABridgeRollsThePathBack(int corrupt) throws Exception {
        table.add(Tree.NIC, BRIDGES);
        DeviceBlockLayout.refcount(firstBlock(), 2, corrupt);
        Refused.with(Errno.EINVAL, Tree.ROOT_PORT.toString(), () -> table.add(Tree.OTHER_NIC, BRIDGES));
        assertEquals(0, table.references(Tree.OTHER_NIC));
        assertEquals(1, table.references(Tree.SWITCH));
    }

    @Test
    void aCorruptCounterOfADeviceIsEinval() throws Exception {
        table.add(Tree.NIC, BRIDGES);
        DeviceBlockLayout.refcount(firstBlock(), 0, 2);
        Refused.with(Errno.EINVAL, Tree.NIC.toString(), () -> table.add(Tree.NIC, BRIDGES));
    }

    @Test
    void theOldOwnersTableIsCutOff() throws Exception {
        table.add(Tree.NIC, BRIDGES);
        SlotTable old = table;
        table = swapped();
        assertThrows(KhoException.class, () -> old.remove(Tree.NIC, BRIDGES));
        assertEquals(1, table.references(Tree.NIC));
    }

    private void assertCorrupt(String found, Consumer<SlotTableTest> damage) throws Exception {
        table.add(Tree.NIC, BRIDGES);
        damage.accept(this);
        Refused.with(Errno.EINVAL, found, this::swapped);
    }

    @Test
    void anotherVersionIsRefused() throws Exception {
        assertCorrupt("version 1, found 2", test -> PciLayout.version(test.header(), 2));
    }

    @Test
    void anotherNumberOfDevicesIsRefused() throws Exception {
        assertCorrupt("expected 4 devices, found 3", test -> PciLayout.devices(test.header(), 4));
    }

    @Test
    void aChainThatLeadsAstrayIsRefused() throws Exception {
        assertCorrupt("preserved PCI devices", test -> PciLayout.firstBlock(test.header(), 4097));
    }

    @Test
    void aChainThatRunsInACircleIsRefused() throws Exception {
        assertCorrupt("preserved PCI devices",
                test -> DeviceBlockLayout.next(test.firstBlock(), test.firstBlock().address()));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 511, -1, Long.MAX_VALUE})
    void aBlockWithAnImpossibleNumberOfEntriesIsRefused(long count) throws Exception {
        assertCorrupt("entries in a block", test -> DeviceBlockLayout.count(test.firstBlock(), count));
    }

    @Test
    void aDeviceThatIsThereTwiceIsRefused() throws Exception {
        assertCorrupt(Tree.NIC + " twice",
                test -> DeviceBlockLayout.address(test.firstBlock(), 1, 0, Tree.NIC.bdf()));
    }

    @Test
    void aDeviceThatCannotBeIsRefused() throws Exception {
        assertCorrupt("domain", test -> DeviceBlockLayout.address(test.firstBlock(), 1, -1, 0));
    }

    @Test
    void aHeaderThatIsNotThereIsRefused() {
        Refused.with(Errno.EINVAL, () -> SlotTable.restore(scope, 0));
    }
}
