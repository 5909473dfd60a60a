package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.BlockChainWriter;
import org.liveupdate.kho.image.FixedString;
import org.liveupdate.kho.image.ImageWriter;
import org.liveupdate.kho.image.MemoryState;

/** Writes one image. Not thread safe; use once. */
public final class ImageEncoder {
    private final ImageWriter writer = new ImageWriter();
    private final Owners owners = new Owners();
    /** Positions of FLBs in their page, by name; empty until a file has FLBs. */
    private final Map<String, Integer> flbIndex = new HashMap<>();
    private final ImageModel model;
    /** Numbers of the FLB lists: equal lists are one object in a model. */
    private final Map<List<String>, Long> listNumbers = new IdentityHashMap<>();
    private final BlockChainWriter lists = new BlockChainWriter(writer, FlbExtraLayout.LIST_BYTES);

    private ImageEncoder(ImageModel model) {
        this.model = model;
    }

    /**
     * The bytes of an image.
     *
     * @param image
     *            what to write
     * @return a whole image, from position 0 to the limit
     */
    public static ByteBuffer encode(Image image) {
        return new ImageEncoder(image.model()).write(image);
    }

    private ByteBuffer write(Image image) {
        long flbPage = writeFlbs(model.flbs());
        long holders = writeHolders(model.flbs());
        long sessions = writeSessions(model.sessions());
        FdtNode root = FdtNode.root().setString(LuoLayout.COMPATIBLE, LuoLayout.ROOT)
                .setU64(LuoLayout.NUMBER, model.number())
                .add(FdtNode.named(LuoLayout.SESSION_NODE).setString(LuoLayout.COMPATIBLE, LuoLayout.SESSION)
                        .setU64(LuoLayout.SESSION_HEADER, sessions))
                .add(FdtNode.named(LuoLayout.FLB_NODE).setString(LuoLayout.COMPATIBLE, LuoLayout.FLB)
                        .setU64(LuoLayout.FLB_HEADER, flbPage))
                .add(FdtNode.named(LuoLayout.OWN_FLB_NODE).setString(LuoLayout.COMPATIBLE, LuoLayout.OWN_FLB)
                        .setU64(LuoLayout.LISTS, lists.head()).setU64(LuoLayout.HOLDERS, holders)
                        .setU64(LuoLayout.OWNERS, writeOwners()))
                .add(timeline(image.moments()));
        MemoryState memory = image.memory();
        if (memory != null) {
            root.add(memory.writeTo(writer));
        }
        return writer.finish(root);
    }

    private static FdtNode timeline(Moments moments) {
        return FdtNode.named(LuoLayout.TIMELINE_NODE).setString(LuoLayout.COMPATIBLE, LuoLayout.TIMELINE)
                .setU64(LuoLayout.PREPARE_BEGAN, moments.prepareBegan())
                .setU64(LuoLayout.FREEZE_BEGAN, moments.freezeBegan())
                .setU64(LuoLayout.COMMITTED, moments.committed())
                .setU64(LuoLayout.COMMITTED_WALL, moments.committedWall());
    }

    private long writeFlbs(List<ImageModel.FlbEntry> flbs) {
        FlbPage.write(writer.newPage(), flbs);
        return writer.lastPageAddress();
    }

    private long writeHolders(List<ImageModel.FlbEntry> flbs) {
        BlockChainWriter chain = new BlockChainWriter(writer, FlbExtraLayout.HOLDER_BYTES);
        for (ImageModel.FlbEntry flb : flbs) {
            int start = chain.reserve();
            chain.block().putLong(start + FlbExtraLayout.HOLDER_SCOPE, flb.scope()).putLong(
                    start + FlbExtraLayout.HOLDER_OWNER, owners.number(flb.owner()));
        }
        return chain.head();
    }

    private long writeSessions(List<ImageModel.SessionEntry> sessions) {
        BlockChainWriter chain = new BlockChainWriter(writer, SessionLayout.SESSION_BYTES);
        for (ImageModel.SessionEntry session : sessions) {
            long files = writeFiles(session.files());
            ByteBuffer entry = chain.append();
            FixedString.put(entry, SessionLayout.NAME, SessionLayout.NAME_BYTES, session.name());
            entry.putLong(SessionLayout.FILES_HEAD, files);
            entry.putLong(SessionLayout.FILES, session.files().size());
        }
        return chain.head();
    }

    private long writeFiles(List<ImageModel.FileEntry> files) {
        BlockChainWriter chain = new BlockChainWriter(writer, SessionLayout.FILE_BYTES);
        for (ImageModel.FileEntry file : files) {
            int start = chain.reserve();
            ByteBuffer block = chain.block();
            FixedString.put(block, start + SessionLayout.COMPATIBLE, SessionLayout.COMPATIBLE_BYTES, file.compatible());
            block.putLong(start + SessionLayout.DATA, file.data());
            block.putLong(start + SessionLayout.TOKEN, file.token());
            block.putLong(start + SessionLayout.LIST, listNumber(file.flbs()));
            block.putLong(start + SessionLayout.SCOPE, file.scope());
            block.putLong(start + SessionLayout.OWNER, owners.number(file.owner()));
        }
        return chain.head();
    }

    private long listNumber(List<String> flbs) {
        if (flbs.isEmpty()) {
            return 0;
        }
        Long known = listNumbers.get(flbs);
        if (known != null) {
            return known;
        }
        long number = listNumbers.size() + 1L;
        listNumbers.put(flbs, number);
        if (flbIndex.isEmpty()) {
            model.flbs().forEach(flb -> flbIndex.put(flb.name(), flbIndex.size()));
        }
        for (String flb : flbs) {
            ByteBuffer entry = lists.append();
            entry.putLong(FlbExtraLayout.LIST_NUMBER, number);
            entry.putLong(FlbExtraLayout.LIST_FLB, flbIndex.get(flb));
        }
        return number;
    }

    private long writeOwners() {
        BlockChainWriter chain = new BlockChainWriter(writer, FlbExtraLayout.OWNER_BYTES);
        for (String owner : owners.names()) {
            FixedString.put(chain.append(), FlbExtraLayout.OWNER_NAME, FlbExtraLayout.OWNER_BYTES, owner);
        }
        return chain.head();
    }
}
