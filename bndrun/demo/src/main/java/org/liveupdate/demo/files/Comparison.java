package org.liveupdate.demo.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.liveupdate.demo.files.Cargo.Copy;
import org.liveupdate.demo.files.Cargo.Item;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Progress;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Units;

/** Compares live files with what was loaded: sizes, and SHA-256 digests, computed where the bytes are. */
final class Comparison {
    private final Report report;

    Comparison(Report report) {
        this.report = report;
    }

    /**
     * Compares all copies of all files.
     *
     * @throws Failure
     *             the first difference
     */
    void compare(Cargo cargo) throws Failure, InterruptedIOException {
        try (Progress progress = report.progress("comparing " + Units.count(cargo.copies().size(), "file"),
                cargo.bytes())) {
            for (Item item : cargo.items()) {
                for (Copy copy : item.copies()) {
                    compare(item, copy, progress);
                }
            }
        }
    }

    private void compare(Item item, Copy copy, Progress progress) throws Failure, InterruptedIOException {
        try {
            long size = copy.file().size();
            if (size != copy.size()) {
                throw new Failure(copy + " has " + Units.exact(size) + " bytes, not the " + Units.exact(copy.size())
                        + " that were preserved");
            }
            long length = copy.entry().length();
            String sha256 = Digests.of(copy.file(), length, progress);
            if (!sha256.equals(copy.entry().sha256())) {
                throw new Failure(copy + " has other bytes than were loaded: SHA-256 " + sha256 + ", not "
                        + copy.entry().sha256() + "; " + new Difference(item, progress).where(copy));
            }
            long stray = Difference.notZero(copy.file(), length);
            if (stray >= 0) {
                throw new Failure(copy + " has a byte that is not zero at offset " + Units.exact(stray)
                        + ", behind the " + Units.exact(length) + " bytes that were loaded");
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new Failure("cannot read " + copy + ": " + e.getMessage());
        }
    }
}
