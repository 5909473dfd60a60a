package org.liveupdate.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.Moments;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;

/** A small image that could have been meant: names, counts and addresses fit together. */
final class ModelFromChoices {
    private static final long PAGE_BYTES = RawImage.PAGE_BYTES;
    private static final int MOST = 5;
    private static final List<String> OWNERS = List.of("org.example.one", "org.example.two", "ü");

    private final Choices choices;
    /** How many files hold each FLB, by its name, in the order in which the first file acquired it. */
    private final Map<String, Long> files = new LinkedHashMap<>();
    /** The first page behind the blocks. */
    private long freePage = 1;

    ModelFromChoices(Choices choices) {
        this.choices = choices;
    }

    Image image() {
        List<ImageModel.SessionEntry> sessions = new ArrayList<>();
        for (int i = choices.below(MOST); i > 0; i--) {
            sessions.add(new ImageModel.SessionEntry("session " + i, files()));
        }
        List<ImageModel.FlbEntry> flbs = new ArrayList<>();
        files.forEach((name, count) -> flbs.add(new ImageModel.FlbEntry(name, choices.number(), count, choices.below(3),
                owner())));
        Moments moments = new Moments(choices.number(), choices.number(), 0, 0);
        return new Image(new ImageModel(1 + choices.below(256), flbs, sessions), moments,
                choices.flag() ? memory() : null);
    }

    private List<ImageModel.FileEntry> files() {
        List<ImageModel.FileEntry> entries = new ArrayList<>();
        for (int token = choices.below(MOST); token > 0; token--) {
            entries.add(new ImageModel.FileEntry("handler-v" + choices.below(3), choices.number(), token, flbs(),
                    choices.below(3), owner()));
        }
        return entries;
    }

    private List<String> flbs() {
        List<String> names = new ArrayList<>();
        int chosen = choices.below(8);
        for (int i = 0; chosen >> i != 0; i++) {
            if ((chosen >> i & 1) != 0) {
                names.add("flb-v" + i);
                files.merge("flb-v" + i, 1L, Long::sum);
            }
        }
        return names;
    }

    private String owner() {
        return OWNERS.get(choices.below(OWNERS.size()));
    }

    private MemoryState memory() {
        List<ScopeState> scopes = new ArrayList<>();
        int count = choices.below(MOST);
        for (int id = 1; id <= count; id++) {
            scopes.add(new ScopeState(id, owner(), blocks(choices.flag())));
        }
        BlockTable erase = blocks(false);
        return new MemoryState("memory-0123456789abcdef", freePage * PAGE_BYTES, count + 1L, scopes, erase);
    }

    private BlockTable blocks(boolean summed) {
        int count = choices.below(MOST);
        BlockTable.Builder blocks = new BlockTable.Builder(count);
        for (int i = 0; i < count; i++) {
            int order = choices.below(4);
            long page = (freePage - 1 >> order) + 1 << order;
            freePage = page + (1L << order);
            if (summed) {
                blocks.addSummed(page * PAGE_BYTES, order, choices.flag(), (int) choices.number());
            } else {
                blocks.add(page * PAGE_BYTES, order, choices.flag());
            }
        }
        return blocks.build();
    }
}
