package org.liveupdate.providers.hugetlb.internal;

import java.nio.ByteBuffer;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.kho.KhoException;
import org.liveupdate.kho.Region;
import org.liveupdate.kho.Scope;
import org.liveupdate.providers.api.support.Vmalloc;

/** Restores huge pages that are blocks of handover memory. */
final class OrdinaryBacking implements Backing {

    @Override
    public HugeRun retrieve(Scope scope, Region header, HugeMemfdLayout record) throws LiveUpdateException {
        PageSize pageSize = record.pageSize();
        long pages = record.pages();
        if (record.folios() != pages || pages << pageSize.order() > scope.pages()) {
            throw invalid(scope, "expected " + pages + " folios, found " + record.folios() + " and " + scope.pages()
                    + " pages of 4096 bytes");
        }
        ByteBuffer array =
                Vmalloc.read(scope, header, HugeMemfdLayout.FOLIO_ARRAY_OFFSET, pages * HugeFolioLayout.BYTES);
        OrdinaryRun run = new OrdinaryRun(scope.pool(), pageSize);
        for (long page = 0; page < pages; page++) {
            run.add(restore(scope, HugeFolioLayout.readFrom(array), page, pageSize));
        }
        return run;
    }

    private static Region restore(Scope scope, HugeFolioLayout folio, long page, PageSize pageSize)
            throws LiveUpdateException {
        Region block;
        try {
            block = scope.restore(folio.address());
        } catch (KhoException e) {
            throw invalid(scope, e.getMessage());
        }
        if (folio.index() != page << pageSize.order() || folio.reserved() != 0 || block.size() != pageSize.bytes()) {
            throw invalid(scope,
                    "expected page " + page + " of " + pageSize + ", found " + folio + " of " + block.size()
                            + " bytes");
        }
        return block;
    }

    private static LiveUpdateException invalid(Scope scope, String found) {
        return new LiveUpdateException(Errno.EINVAL, "huge memfd of " + scope.owner() + ": " + found);
    }

    /** All of it is in the scope. */
    @Override
    public void giveBack(Region header) {}
}
