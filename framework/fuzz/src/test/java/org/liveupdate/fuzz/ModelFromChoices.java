package org.liveupdate.fuzz;

import java.util.ArrayList;
import java.util.List;
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

    private final Choices choices;
    /** The first page behind the blocks. */
    private long freePage = 1;

    ModelFromChoices(Choices choices) {
        this.choices = choices;
    }

    Image image() {
        SideFromChoices incoming = new SideFromChoices(choices);
        Moments moments = new Moments(choices.number(), choices.number(), 0, 0);
        int number = 1 + choices.below(256);
        MemoryState memory = choices.flag() ? memory() : null;
        ImageModel.Resume resume = choices.flag() ? resume() : null;
        return new Image(new ImageModel(number, incoming.flbs(), incoming.sessions(), resume), moments, memory);
    }

    private ImageModel.Resume resume() {
        SideFromChoices outgoing = new SideFromChoices(choices);
        return new ImageModel.Resume(choices.below(256), outgoing.flbs(), outgoing.sessions());
    }

    private MemoryState memory() {
        List<ScopeState> scopes = new ArrayList<>();
        int count = choices.below(MOST);
        for (int id = 1; id <= count; id++) {
            scopes.add(new ScopeState(id, SideFromChoices.owner(choices), blocks(choices.flag())));
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
