package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.kho.image.BlockChainReader;
import org.liveupdate.kho.image.ImageException;

/** Reads the files of one session. Most files are of the kind of the one before, and make no object. */
final class FileListReader {
    /** A kind as the image has it. */
    private record Numbers(String compatible, long list, long owner) {}

    private final BlockChainReader chain;
    private final FlbListReader lists;
    private final List<String> owners;
    private final FileList files;
    private final CompatibleField compatible = new CompatibleField();
    private final Map<Numbers, Integer> kinds = new HashMap<>();
    private Numbers last = new Numbers(null, 0, 0);
    private int lastKind;

    FileListReader(BlockChainReader chain, FlbListReader lists, List<String> owners) {
        this.chain = chain;
        this.lists = lists;
        this.owners = owners;
        this.files = new FileList((int) chain.count());
    }

    /** The files, as far as they were read. */
    FileList files() {
        return files;
    }

    void read() throws ImageException {
        for (int start = chain.advance(); start >= 0; start = chain.advance()) {
            ByteBuffer block = chain.block();
            String text = compatible.read(block, start + SessionLayout.COMPATIBLE);
            if (text == null) {
                throw chain.corrupt(SessionLayout.COMPATIBLE, "a compatible string", "other bytes");
            }
            long list = block.getLong(start + SessionLayout.LIST);
            int kind = kind(text, list, block.getLong(start + SessionLayout.OWNER));
            lists.use(list);
            long token = block.getLong(start + SessionLayout.TOKEN);
            if (!files.add(kind, block.getLong(start + SessionLayout.DATA), token,
                    block.getLong(start + SessionLayout.SCOPE))) {
                throw chain.corrupt(SessionLayout.TOKEN, "distinct tokens", token + " twice");
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the field gives the same string again while it reads the same
    private int kind(String text, long list, long owner) throws ImageException {
        if (text != last.compatible || list != last.list || owner != last.owner) {
            last = new Numbers(text, list, owner);
            Integer known = kinds.get(last);
            lastKind = known != null ? known : newKind();
        }
        return lastKind;
    }

    private int newKind() throws ImageException {
        if (last.owner < 0 || last.owner >= owners.size()) {
            throw chain.corrupt(SessionLayout.OWNER, "an owner below " + owners.size(),
                    Long.toUnsignedString(last.owner));
        }
        int kind = files.addKind(new FileList.Kind(last.compatible, lists.list(chain, last.list),
                owners.get((int) last.owner)));
        kinds.put(last, kind);
        return kind;
    }
}
