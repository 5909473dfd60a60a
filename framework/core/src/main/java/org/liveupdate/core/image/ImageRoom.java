package org.liveupdate.core.image;

import org.liveupdate.kho.image.BlockChainWriter;
import org.liveupdate.kho.image.MemoryState;

/**
 * How much room an image takes, from what is known before anything is frozen: with a margin, because sessions and files
 * may come until then.
 *
 * @param sessions
 *            how many there are
 * @param files
 *            in all sessions
 * @param scopes
 *            of handover memory
 * @param blocks
 *            in all scopes
 */
public record ImageRoom(long sessions, long files, long scopes, long blocks) {
    private static final int PAGE_BYTES = 4096;
    /** For tree, FLB pages, chains about FLBs, owners and freezes, trailer. */
    private static final int OTHER_PAGES = 30;

    /**
     * The room.
     *
     * @return in bytes
     */
    public long bytes() {
        // each session has a chain of its own, whose last page is not full
        long bytes = (OTHER_PAGES + sessions) * PAGE_BYTES
                + BlockChainWriter.bytes(sessions, SessionLayout.SESSION_BYTES)
                + BlockChainWriter.bytes(files, SessionLayout.FILE_BYTES) + MemoryState.bytes(scopes, blocks);
        return bytes + bytes / 8;
    }
}
