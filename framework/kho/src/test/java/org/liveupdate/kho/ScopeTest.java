package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.liveupdate.kho.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.KhoException.Reason;

class ScopeTest {

    @TempDir
    Path directory;
    private HandoverMemory memory;
    private Pool pool;
    private ScopeControl scope;

    @BeforeEach
    void create() throws IOException {
        memory = HandoverMemory.create(directory, MemoryOptions.defaults());
        pool = memory.pool("provider");
        scope = memory.newScope("flb one", pool);
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    @Test
    void scopesAreNumberedFromOneAndFoundAgain() {
        assertEquals(1, scope.id());
        ScopeControl second = memory.newScope("flb two", pool);
        assertEquals(2, second.id());
        assertSame(second, memory.scope(2));
        second.discard();
        assertEquals(3, memory.newScope("flb two", pool).id(), "numbers are not used twice");
        assertRefused(Reason.INVALID, () -> memory.scope(2));
        assertEquals("flb one", scope.owner());
        assertSame(pool, scope.pool());
    }

    @Test
    void anOwnerThatNoImageCouldHoldIsRefused() {
        memory.newScope("x".repeat(143), pool);
        assertRefused(Reason.INVALID, () -> memory.newScope("x".repeat(144), pool));
        assertRefused(Reason.INVALID, () -> memory.newScope("ä".repeat(72), pool));
        assertRefused(Reason.INVALID, () -> memory.newScope("a\0b", pool));
    }

    @Test
    void aPoolOfAnotherMemoryIsRefused() throws IOException {
        try (HandoverMemory other = HandoverMemory.create(directory, MemoryOptions.defaults())) {
            assertRefused(Reason.INVALID, () -> memory.newScope("x", other.pool("provider")));
            assertRefused(Reason.INVALID, () -> scope.usePool(other.pool("provider")));
        }
    }

    @Test
    void allocatedBlocksArePreservedUntilTheyAreFreed() {
        Region region = scope.allocPreserve(5000);
        region.putLong(0, 17);
        assertEquals(8192, region.size());
        assertEquals(2, scope.pages());
        assertEquals(2, memory.statistics().preservedPages());
        assertEquals(List.of(new Block(region.address(), 1, false, false)), scope.blocks());
        assertEquals(17, scope.region(region.address()).getLong(0));
        scope.unpreserveFree(region.address());
        assertEquals(0, scope.pages());
        assertRefused(Reason.NOT_PRESERVED, () -> scope.unpreserveFree(region.address()));
        assertRefused(Reason.NOT_PRESERVED, () -> scope.region(region.address()));
        assertRefused(Reason.NOT_ALLOCATED, () -> region.getLong(0));
        assertEquals(0, memory.statistics().usedPages());
    }

    @Test
    void preservingAndUnpreservingMovesABlockWithItsContentsAndViews() {
        Region region = pool.allocate(4096);
        region.putInt(0, 99);
        scope.preserve(region.address());
        assertEquals(0, pool.pages());
        assertEquals(1, scope.pages());
        assertRefused(Reason.NOT_ALLOCATED, () -> pool.free(region.address()));
        region.putInt(4, 100);
        scope.unpreserve(region.address());
        assertEquals(1, pool.pages());
        assertEquals(0, scope.pages());
        assertEquals(99, region.getInt(0));
        assertEquals(100, pool.region(region.address()).getInt(4));
    }

    @Test
    void nobodyReachesTheBlocksOfAnother() {
        ScopeControl other = memory.newScope("flb two", memory.pool("another"));
        Region mine = scope.allocPreserve(4096);
        Region ordinary = pool.allocate(4096);
        assertRefused(Reason.NOT_PRESERVED, () -> other.region(mine.address()));
        assertRefused(Reason.NOT_PRESERVED, () -> other.restore(mine.address()));
        assertRefused(Reason.NOT_PRESERVED, () -> other.unpreserve(mine.address()));
        assertRefused(Reason.NOT_PRESERVED, () -> other.unpreserveFree(mine.address()));
        assertRefused(Reason.NOT_PRESERVED, () -> other.restoreFree(mine.address()));
        assertRefused(Reason.NOT_ALLOCATED, () -> other.preserve(ordinary.address()));
        assertRefused(Reason.NOT_ALLOCATED, () -> scope.preserve(mine.address()));
        for (long address : new long[]{0, -4096, 1, 1L << 50}) {
            assertRefused(Reason.NOT_PRESERVED, () -> scope.region(address));
            assertRefused(Reason.NOT_PRESERVED, () -> scope.restoreFree(address));
            assertRefused(Reason.NOT_ALLOCATED, () -> scope.preserve(address));
        }
    }

    @Test
    void whatThePresentOwnerPreservedNeedsNoRestoring() {
        Region allocated = scope.allocPreserve(4096);
        Region adopted = pool.allocate(4096);
        scope.preserve(adopted.address());
        assertRefused(Reason.ALREADY_RESTORED, () -> scope.restore(allocated.address()));
        assertRefused(Reason.ALREADY_RESTORED, () -> scope.restore(adopted.address()));
        assertRefused(Reason.NOT_PRESERVED, () -> scope.restoreFree(allocated.address()));
    }

    @Test
    void theNextOwnerRestoresEachBlockOnce() {
        Region old = scope.allocPreserve(4096);
        old.putInt(0, 7);
        scope.reset();
        assertRefused(Reason.NOT_ALLOCATED, () -> old.putInt(0, 8));
        Region restored = scope.restore(old.address());
        assertEquals(7, restored.getInt(0));
        assertRefused(Reason.ALREADY_RESTORED, () -> scope.restore(old.address()));
        assertTrue(scope.blocks().get(0).restored());
        scope.reset();
        assertRefused(Reason.NOT_ALLOCATED, () -> restored.getInt(0));
        assertEquals(7, scope.restore(old.address()).getInt(0));
        scope.restoreFree(old.address());
        assertEquals(0, scope.pages());
    }

    @Test
    void closingLeavesRestoredBlocksToThePoolAndReportsTheRestAsLeaked() {
        long inherited = scope.allocPreserve(4096).address();
        long forgotten = scope.allocPreserve(8192).address();
        scope.reset();
        Region kept = scope.restore(inherited);
        assertEquals(2, scope.close());
        assertEquals(1, pool.pages());
        kept.putInt(0, 1);
        assertEquals(1, pool.region(inherited).getInt(0), "its views go on");
        assertEquals(2, memory.pool("leaked: flb one").pages());
        assertEquals(2L, memory.statistics().poolPages().get("leaked: flb one"));
        assertNotEquals(forgotten, pool.allocate(8192).address(), "leaked pages are not handed out again");
        assertRefused(Reason.INVALID, scope::close);
        assertRefused(Reason.INVALID, () -> scope.allocPreserve(1));
        assertRefused(Reason.INVALID, () -> scope.region(inherited));
        assertEquals(List.of(), memory.state().scopes());
    }

    @Test
    void closingAnEmptyScopeLeaksNothing() {
        scope.unpreserveFree(scope.allocPreserve(4096).address());
        assertEquals(0, scope.close());
        assertEquals(0, memory.statistics().usedPages());
    }

    @Test
    void discardingFreesEverything() {
        Region region = scope.allocPreserve(4096);
        scope.allocPreserve(1 << 20);
        scope.discard();
        assertEquals(0, memory.statistics().usedPages());
        assertRefused(Reason.NOT_ALLOCATED, () -> region.putByte(0, (byte) 1));
        assertRefused(Reason.INVALID, scope::discard);
    }

    @Test
    void blocksGoToThePoolOfTheNextOwner() {
        long address = scope.allocPreserve(4096).address();
        scope.reset();
        Pool next = memory.pool("next");
        scope.usePool(next);
        scope.restore(address);
        scope.unpreserve(address);
        assertEquals(1, next.pages());
        assertEquals(0, pool.pages());
    }
}
