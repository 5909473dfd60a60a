package org.liveupdate.kho;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.liveupdate.kho.image.BlockTable;

/**
 * Takes the checksums that an image carries: while others write, so that little is left when nobody may. Safe for use
 * by several threads.
 */
final class Summing {

    private final Ledger ledger;
    private final BlockChecksums checksums;
    private final Verification verification;

    Summing(Ledger ledger, BlockChecksums checksums, Verification verification) {
        this.ledger = ledger;
        this.checksums = checksums;
        this.verification = verification;
    }

    /**
     * Brings the checksums of blocks up to date. What is written meanwhile is left for the next time.
     *
     * @param scopes whose blocks; called with the ledger's lock held
     */
    synchronized void update(Iterable<PreservedScope> scopes) {
        // before an inherited block that was written to can have a new checksum, the old one is to be verified
        for (Extent extent : collect(scopes, extent -> extent.check == Check.UNVERIFIED
                && checksums.hasWritten(extent))) {
            try {
                verification.verify(extent, "its scope");
            } catch (KhoException e) {
                // noted at the block, which keeps the checksum that it does not have
                continue;
            }
        }
        List<Extent> demanded = collect(scopes, extent -> isSummed(extent) && checksums.demand(extent));
        ledger.file().gate().awaitWriters();
        demanded.forEach(checksums::take);
    }

    /** Adds a block to what an image says; with the ledger's lock held. */
    void describe(Extent extent, BlockTable.Builder table) {
        if (extent.devices) {
            table.addWrittenByDevices(extent.address(), extent.order, extent.secret);
        } else {
            int checksum = extent.check == Check.OWN ? checksums.of(extent) : extent.expected;
            table.addSummed(extent.address(), extent.order, extent.secret, checksum);
        }
    }

    private static boolean isSummed(Extent extent) {
        return extent.check == Check.OWN && !extent.devices;
    }

    private interface Wanted {
        boolean test(Extent extent);
    }

    private List<Extent> collect(Iterable<PreservedScope> scopes, Wanted wanted) {
        List<Extent> found = new ArrayList<>();
        Consumer<Extent> collector = extent -> {
            if (wanted.test(extent)) {
                found.add(extent);
            }
        };
        synchronized (ledger.lock) {
            scopes.forEach(scope -> scope.forEachCarried(collector));
        }
        return found;
    }
}
