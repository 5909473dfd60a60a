package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.liveupdate.kho.image.BlockChainReader;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;

/** The FLB lists of an image, and how many files use each: together they must add up to the counts of the FLBs. */
final class FlbListReader {
    private final List<ImageModel.FlbEntry> flbs;
    private final List<List<String>> lists = new ArrayList<>();
    private final List<long[]> users = new ArrayList<>();

    FlbListReader(BlockChainReader chain, List<ImageModel.FlbEntry> flbs) throws ImageException {
        this.flbs = flbs;
        Set<String> current = new LinkedHashSet<>();
        for (ByteBuffer entry = chain.next(); entry != null; entry = chain.next()) {
            long number = entry.getLong(FlbExtraLayout.LIST_NUMBER);
            if (number == lists.size() + 2L && !current.isEmpty()) {
                end(current);
            }
            if (number != lists.size() + 1L) {
                throw chain.corrupt(FlbExtraLayout.LIST_NUMBER, "FLB list " + (lists.size() + 1),
                        Long.toUnsignedString(number));
            }
            long flb = entry.getLong(FlbExtraLayout.LIST_FLB);
            if (flb < 0 || flb >= flbs.size() || !current.add(flbs.get((int) flb).name())) {
                throw chain.corrupt(FlbExtraLayout.LIST_FLB, "another FLB below " + flbs.size(),
                        Long.toUnsignedString(flb));
            }
        }
        if (!current.isEmpty()) {
            end(current);
        }
    }

    private void end(Set<String> current) {
        lists.add(List.copyOf(current));
        users.add(new long[1]);
        current.clear();
    }

    /** The list with a number. */
    List<String> list(BlockChainReader chain, long number) throws ImageException {
        if (number == 0) {
            return List.of();
        }
        if (number < 0 || number > lists.size()) {
            throw chain.corrupt(SessionLayout.LIST, "an FLB list up to " + lists.size(), Long.toUnsignedString(number));
        }
        return lists.get((int) number - 1);
    }

    /** A file more uses the list with a number, which is there. */
    void use(long number) {
        if (number != 0) {
            users.get((int) number - 1)[0]++;
        }
    }

    /** Each FLB is held by exactly as many files as its entry says; the entries stand at an address of the image. */
    void checkCounts(ImageReader reader, long entries) throws ImageException {
        long entry = entries;
        for (ImageModel.FlbEntry flb : flbs) {
            long files = 0;
            for (int i = 0; i < lists.size(); i++) {
                if (lists.get(i).contains(flb.name())) {
                    files += users.get(i)[0];
                }
            }
            if (files != flb.files()) {
                throw reader.corrupt(entry + FlbPageLayout.FILES,
                        "FLB " + flb.name() + " held by " + flb.files() + " files",
                        files + " files that list it");
            }
            entry += FlbPageLayout.ENTRY_BYTES;
        }
    }
}
