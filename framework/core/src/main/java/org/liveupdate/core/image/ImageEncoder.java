package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.BlockChainWriter;
import org.liveupdate.kho.image.FixedString;
import org.liveupdate.kho.image.ImageWriter;
import org.liveupdate.kho.image.MemoryState;

/** Writes one image. Not thread safe; use once. */
public final class ImageEncoder {
    private final ImageWriter writer = new ImageWriter();
    private final Owners owners = new Owners();
    private final ImageModel model;

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
        SideWriter side = new SideWriter(writer, owners, model.flbs(), model.sessions());
        FdtNode resume = model.resume() == null ? null : resume(model.resume());
        FdtNode root = FdtNode.root().setString(LuoLayout.COMPATIBLE, LuoLayout.ROOT)
                .setU64(LuoLayout.NUMBER, model.number())
                .add(FdtNode.named(LuoLayout.SESSION_NODE).setString(LuoLayout.COMPATIBLE, LuoLayout.SESSION)
                        .setU64(LuoLayout.SESSION_HEADER, side.sessions()))
                .add(FdtNode.named(LuoLayout.FLB_NODE).setString(LuoLayout.COMPATIBLE, LuoLayout.FLB)
                        .setU64(LuoLayout.FLB_HEADER, side.flbPage()))
                .add(FdtNode.named(LuoLayout.OWN_FLB_NODE).setString(LuoLayout.COMPATIBLE, LuoLayout.OWN_FLB)
                        .setU64(LuoLayout.LISTS, side.lists()).setU64(LuoLayout.HOLDERS, side.holders())
                        .setU64(LuoLayout.OWNERS, writeOwners()))
                .add(timeline(image.moments()));
        if (resume != null) {
            root.add(resume);
        }
        if (!image.moments().freezes().isEmpty()) {
            root.add(FreezeList.write(writer, image.moments().freezes()));
        }
        MemoryState memory = image.memory();
        if (memory != null) {
            root.add(memory.writeTo(writer));
        }
        return writer.finish(root);
    }

    private FdtNode resume(ImageModel.Resume resume) {
        SideWriter side = new SideWriter(writer, owners, resume.flbs(), resume.sessions());
        return FdtNode.named(ResumeLayout.NODE).setString(LuoLayout.COMPATIBLE, ResumeLayout.COMPATIBLE)
                .setU64(ResumeLayout.NUMBER, resume.number()).setU64(LuoLayout.SESSION_HEADER, side.sessions())
                .setU64(LuoLayout.FLB_HEADER, side.flbPage()).setU64(LuoLayout.LISTS, side.lists())
                .setU64(LuoLayout.HOLDERS, side.holders());
    }

    private static FdtNode timeline(Moments moments) {
        return FdtNode.named(LuoLayout.TIMELINE_NODE).setString(LuoLayout.COMPATIBLE, LuoLayout.TIMELINE)
                .setU64(LuoLayout.PREPARE_BEGAN, moments.prepareBegan())
                .setU64(LuoLayout.FREEZE_BEGAN, moments.freezeBegan())
                .setU64(LuoLayout.COMMITTED, moments.committed())
                .setU64(LuoLayout.COMMITTED_WALL, moments.committedWall());
    }

    private long writeOwners() {
        BlockChainWriter chain = new BlockChainWriter(writer, FlbExtraLayout.OWNER_BYTES);
        for (String owner : owners.names()) {
            FixedString.put(chain.append(), FlbExtraLayout.OWNER_NAME, FlbExtraLayout.OWNER_BYTES, owner);
        }
        return chain.head();
    }
}
