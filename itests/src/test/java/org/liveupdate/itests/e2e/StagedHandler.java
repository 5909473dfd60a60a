package org.liveupdate.itests.e2e;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;
import org.liveupdate.kho.Region;

/**
 * Puts {@link StagedFile}s into handover memory, one block each.
 *
 * <pre>
 *   0  u64  length
 *   8       bytes
 * </pre>
 */
final class StagedHandler implements FileHandler<StagedFile> {
    static final String COMPATIBLE = "staged-v1";

    private static final int HEADER_BYTES = 8;

    private int frozen;

    /** How many files are frozen. */
    int frozen() {
        return frozen;
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof StagedFile;
    }

    @Override
    public Preserved<?> preserve(FileContext context, StagedFile file) throws LiveUpdateException {
        Region region = context.memory().allocPreserve(HEADER_BYTES + file.contents().length);
        region.putLong(0, file.contents().length);
        region.write(HEADER_BYTES, file.contents(), 0, file.contents().length);
        return new Preserved<>(region.address(), null);
    }

    @Override
    public void unpreserve(FileContext context, StagedFile file, long data, Object object) {
        StagedFlb.quietly(() -> context.memory().unpreserveFree(data));
    }

    @Override
    public long freeze(FileContext context, StagedFile file, long data, Object object) {
        frozen++;
        return data;
    }

    @Override
    public void unfreeze(FileContext context, StagedFile file, long data, Object object) {
        frozen--;
    }

    @Override
    public StagedFile retrieve(FileContext context, long data) throws LiveUpdateException {
        Region region = context.memory().restore(data);
        byte[] contents = new byte[(int) region.getLong(0)];
        region.read(HEADER_BYTES, contents, 0, contents.length);
        return new StagedFile(contents);
    }

    @Override
    public void finish(FileContext context, StagedFile file, long data, RetrieveStatus status) {
        StagedFlb.quietly(() -> context.memory().restoreFree(data));
    }
}
