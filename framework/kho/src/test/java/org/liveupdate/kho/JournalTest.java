package org.liveupdate.kho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.liveupdate.kho.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.KhoException.Reason;

class JournalTest {

    @TempDir
    Path directory;
    private HandoverMemory memory;
    private Pool pool;
    private ScopeControl scope;

    @BeforeEach
    void create() throws IOException {
        memory = HandoverMemory.create(directory, MemoryOptions.defaults());
        pool = memory.pool("provider");
        scope = memory.newScope("file 1", pool);
    }

    @AfterEach
    void close() throws IOException {
        memory.close();
    }

    @Test
    void rollingBackUndoesWhatTheCallbackDid() {
        Region kept = scope.allocPreserve(4096);
        Region ordinary = pool.allocate(4096);
        kept.putInt(0, 1);
        List<Block> before = scope.blocks();

        Scope callback = scope.begin(true);
        Region allocated = callback.allocPreserve(8192);
        callback.preserve(ordinary.address());
        callback.unpreserve(kept.address());
        scope.rollback();

        assertEquals(before, scope.blocks());
        assertEquals(1, pool.pages());
        assertEquals(2, memory.statistics().usedPages());
        assertRefused(Reason.NOT_ALLOCATED, () -> allocated.putInt(0, 1));
        ordinary.putInt(0, 5);
        assertEquals(1, kept.getInt(0));
    }

    @Test
    void whatACallbackFreedIsFreedOnlyWhenItHasReturned() {
        Region region = scope.allocPreserve(4096);
        region.putInt(0, 11);
        Scope callback = scope.begin(true);
        callback.unpreserveFree(region.address());
        assertEquals(0, scope.pages());
        assertRefused(Reason.NOT_PRESERVED, () -> callback.region(region.address()));
        assertRefused(Reason.NOT_ALLOCATED, () -> region.getInt(0));
        assertEquals(1, memory.statistics().usedPages());
        assertEquals(1, memory.state().scopes().get(0).blocks(), "an image still carries it");
        scope.rollback();
        assertEquals(11, scope.region(region.address()).getInt(0));

        scope.begin(true).unpreserveFree(region.address());
        scope.commit();
        assertEquals(0, memory.statistics().usedPages());
    }

    @Test
    void nothingIsGivenUpInsideRetrieve() {
        long address = scope.allocPreserve(4096).address();
        scope.reset();
        Scope retrieve = scope.begin(false);
        retrieve.restore(address);
        assertRefused(Reason.REFUSED, () -> retrieve.restoreFree(address));
        assertRefused(Reason.REFUSED, () -> retrieve.unpreserve(address));
        assertRefused(Reason.REFUSED, () -> retrieve.unpreserveFree(address));
        assertRefused(Reason.REFUSED, () -> scope.unpreserveFree(address));
        scope.commit();
        retrieve.restoreFree(address);
        assertEquals(0, scope.pages());
    }

    @Test
    void aFailedRetrieveLeavesTheScopeAsItWas() {
        long address = scope.allocPreserve(4096).address();
        scope.reset();
        Scope retrieve = scope.begin(false);
        Region restored = retrieve.restore(address);
        retrieve.allocPreserve(4096);
        scope.rollback();
        assertEquals(List.of(new Block(address, 0, false, false)), scope.blocks());
        assertRefused(Reason.NOT_ALLOCATED, () -> restored.putInt(0, 1));
        scope.begin(false).restore(address);
        scope.commit();
    }

    @Test
    void aCallbackThatWasGivenUpCannotDoAnythingAnyMore() {
        Region ordinary = pool.allocate(4096);
        Scope late = scope.begin(true);
        scope.rollback();
        assertRefused(Reason.REFUSED, () -> late.allocPreserve(4096));
        assertRefused(Reason.REFUSED, () -> late.preserve(ordinary.address()));
        assertRefused(Reason.REFUSED, () -> late.region(4096));
        assertRefused(Reason.REFUSED, () -> late.restore(4096));
        assertEquals(1, memory.statistics().usedPages());
    }

    @Test
    void theScopeOfACallbackLastsUntilItsOwnerLeaves() {
        Scope first = scope.begin(true);
        scope.commit();
        Scope second = scope.begin(true);
        scope.rollback();
        first.allocPreserve(4096);
        assertRefused(Reason.REFUSED, () -> second.allocPreserve(4096));
        scope.reset();
        assertRefused(Reason.REFUSED, () -> first.allocPreserve(4096));
        assertEquals(1, first.pages());
    }

    @Test
    void aBlockOnItsWayOutStaysReachableForUndoing() {
        long address = scope.allocPreserve(4096).address();
        ScopeControl other = memory.newScope("file 2", pool);
        Scope callback = scope.begin(true);
        callback.unpreserve(address);
        assertRefused(Reason.REFUSED, () -> pool.free(address));
        assertRefused(Reason.REFUSED, () -> other.preserve(address));
        assertEquals(0, memory.discard(pool));
        callback.preserve(address);
        callback.unpreserve(address);
        scope.rollback();
        assertEquals(1, scope.pages());

        scope.begin(true).unpreserve(address);
        scope.commit();
        other.preserve(address);
        assertEquals(1, other.pages());
    }

    @Test
    void oneJournalAtATime() {
        assertRefused(Reason.INVALID, scope::commit);
        assertRefused(Reason.INVALID, scope::rollback);
        scope.begin(true);
        assertRefused(Reason.INVALID, () -> scope.begin(true));
        assertRefused(Reason.INVALID, scope::close);
        assertRefused(Reason.INVALID, scope::discard);
        assertRefused(Reason.INVALID, scope::reset);
        scope.commit();
        scope.begin(false);
        scope.rollback();
        assertEquals(0, scope.close());
    }

    @Test
    void aFrozenMemoryRefusesToUndoOwnersUntilItIsThawed() {
        Scope callback = scope.begin(true);
        callback.allocPreserve(4096);
        memory.freeze();
        assertRefused(Reason.FROZEN, scope::rollback);
        assertRefused(Reason.REFUSED, () -> callback.region(4096));
        memory.thaw();
        scope.rollback();
        assertEquals(0, scope.pages());
    }

    @Test
    void aFrozenMemoryLetsAttachmentsComeAndGo() {
        long address = scope.allocPreserve(4096).address();
        memory.freeze();
        scope.reset();
        scope.begin(false).restore(address);
        scope.rollback();
        scope.begin(false).restore(address);
        scope.commit();
        scope.reset();
        assertRefused(Reason.FROZEN, scope::discard);
        assertRefused(Reason.FROZEN, scope::close);
        assertRefused(Reason.FROZEN, () -> scope.unpreserve(address));
        assertRefused(Reason.FROZEN, () -> scope.allocPreserve(1));
        assertRefused(Reason.FROZEN, () -> memory.newScope("x", pool));
        assertRefused(Reason.FROZEN, () -> pool.allocate(1));
    }

    @Test
    void anyCallbackRolledBackLeavesNoTrace() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            List<Block> before = scope.blocks();
            long pages = pool.pages();
            MemoryStatistics statistics = memory.statistics();
            Scope callback = scope.begin(true);
            randomSteps(random, callback);
            if (random.nextInt(4) > 0) {
                scope.rollback();
                assertEquals(before, scope.blocks(), () -> "seed " + seed);
                assertEquals(pages, pool.pages(), () -> "seed " + seed);
                assertEquals(statistics.freeBlocks(), memory.statistics().freeBlocks(), () -> "seed " + seed);
            } else {
                scope.commit();
                if (random.nextInt(3) == 0) {
                    scope.reset();
                }
            }
        }
        scope.discard();
        memory.discard(pool);
        assertEquals(0, memory.statistics().usedPages(), () -> "seed " + seed);
    }

    private void randomSteps(Random random, Scope callback) {
        List<Long> ordinary = new ArrayList<>();
        for (int step = random.nextInt(12); step > 0; step--) {
            List<Block> blocks = callback.blocks();
            Block block = blocks.isEmpty() ? null : blocks.get(random.nextInt(blocks.size()));
            int what = random.nextInt(5);
            try {
                if (what == 0 || block == null) {
                    callback.allocPreserve(4096L << random.nextInt(3));
                } else if (what == 1) {
                    callback.unpreserve(block.address());
                    ordinary.add(block.address());
                } else if (what == 2 && !ordinary.isEmpty()) {
                    callback.preserve(ordinary.remove(random.nextInt(ordinary.size())));
                } else if (what == 3) {
                    callback.unpreserveFree(block.address());
                } else {
                    callback.restore(block.address());
                }
            } catch (KhoException e) {
                assertEquals(Reason.ALREADY_RESTORED, e.reason(), e::getMessage);
            }
        }
    }
}
