package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.BlockChainReader;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.MemoryState;

/**
 * Reads one image and believes nothing: whatever does not fit together makes the whole image unusable. Not thread safe;
 * use once.
 */
public final class ImageDecoder {
    /** Stands for the owners as long as they could not be read. */
    private static final List<String> UNKNOWN = Collections.nCopies(Integer.MAX_VALUE, "");

    private final ImageReader reader;
    private final NodeReader nodes;
    private final SideReader handedOver;
    private long number;
    private List<String> owners = UNKNOWN;
    private ImageModel.Resume resume;
    private Moments moments;
    private MemoryState memory;

    private ImageDecoder(ImageReader reader) {
        this.reader = reader;
        this.nodes = new NodeReader(reader);
        this.handedOver = new SideReader(nodes);
    }

    /**
     * What an image says.
     *
     * @param bytes
     *            the whole image; not copied, not to be changed meanwhile
     * @param name
     *            what messages call it
     * @return never null
     * @throws ImageException
     *             it is corrupt, too old or too new
     */
    public static Image decode(byte[] bytes, Path name) throws ImageException {
        return decode(ImageReader.open(bytes, name));
    }

    /**
     * What an image says.
     *
     * @param reader
     *            of the image, not used yet
     * @return never null
     * @throws ImageException
     *             it is corrupt, too old or too new
     */
    public static Image decode(ImageReader reader) throws ImageException {
        return new ImageDecoder(reader).read();
    }

    /**
     * What can be read of an image that may be bad, for somebody who looks at it: each part up to its first fault.
     *
     * @param reader
     *            of the image
     * @return never null; without faults, it says what {@link #decode} returns
     */
    public static Survey survey(ImageReader reader) {
        ImageDecoder decoder = new ImageDecoder(reader);
        List<ImageException> faults = new ArrayList<>();
        for (Part part : decoder.parts()) {
            try {
                part.read();
            } catch (ImageException e) {
                faults.add(e);
            }
        }
        return new Survey(decoder.image(), faults);
    }

    /** One of the parts of an image that can be read without each other. */
    private interface Part {
        void read() throws ImageException;
    }

    private List<Part> parts() {
        return List.of(this::readRoot, this::readOwners, this::readLuo, this::readResume, this::readTimeline,
                this::readMemory);
    }

    private Image read() throws ImageException {
        for (Part part : parts()) {
            part.read();
        }
        return image();
    }

    private Image image() {
        return new Image(new ImageModel(number, handedOver.flbs(), handedOver.sessions(), resume), moments, memory);
    }

    private void readRoot() throws ImageException {
        FdtNode root = reader.tree();
        Formats.ROOT.require(reader, root);
        number = nodes.u64(root, LuoLayout.NUMBER);
        if (number < 1) {
            throw reader.corrupt(root.offset(LuoLayout.NUMBER), LuoLayout.NUMBER + " of 1 or more",
                    Long.toString(number));
        }
    }

    private void readOwners() throws ImageException {
        owners = readOwners(nodes.node(LuoLayout.OWN_FLB_NODE, Formats.OWN_FLB));
    }

    private void readLuo() throws ImageException {
        handedOver.read(nodes.node(LuoLayout.SESSION_NODE, Formats.SESSION),
                nodes.node(LuoLayout.FLB_NODE, Formats.FLB), nodes.node(LuoLayout.OWN_FLB_NODE, Formats.OWN_FLB),
                owners);
    }

    private void readResume() throws ImageException {
        FdtNode node = reader.tree().child(ResumeLayout.NODE).orElse(null);
        if (node == null) {
            return;
        }
        Formats.RESUME.require(reader, node);
        long updates = nodes.u64(node, ResumeLayout.NUMBER);
        if (updates < 0) {
            throw reader.corrupt(node.offset(ResumeLayout.NUMBER), "0 live updates or more",
                    Long.toUnsignedString(updates));
        }
        SideReader side = new SideReader(nodes);
        resume = new ImageModel.Resume(updates, side.flbs(), side.sessions());
        side.read(node, node, node, owners);
    }

    private void readMemory() throws ImageException {
        FdtNode node = reader.tree().child(MemoryState.NODE).orElse(null);
        memory = node == null ? null : MemoryState.readFrom(reader, node);
    }

    private void readTimeline() throws ImageException {
        FdtNode node = nodes.node(LuoLayout.TIMELINE_NODE, Formats.TIMELINE);
        moments = new Moments(nodes.u64(node, LuoLayout.PREPARE_BEGAN), nodes.u64(node, LuoLayout.FREEZE_BEGAN),
                nodes.u64(node, LuoLayout.COMMITTED), nodes.u64(node, LuoLayout.COMMITTED_WALL));
        FdtNode freeze = reader.tree().child(FreezeLayout.NODE).orElse(null);
        if (freeze != null) {
            moments = new Moments(moments.prepareBegan(), moments.freezeBegan(), moments.committed(),
                    moments.committedWall(), FreezeList.read(nodes, freeze));
        }
    }

    private List<String> readOwners(FdtNode node) throws ImageException {
        BlockChainReader chain = nodes.chain(node, LuoLayout.OWNERS, FlbExtraLayout.OWNER_BYTES);
        Set<String> names = new LinkedHashSet<>();
        for (ByteBuffer entry = chain.next(); entry != null; entry = chain.next()) {
            String name = chain.string(entry, FlbExtraLayout.OWNER_NAME, FlbExtraLayout.OWNER_BYTES);
            if (name.isEmpty() || !names.add(name)) {
                throw chain.corrupt(FlbExtraLayout.OWNER_NAME, "distinct owners of 1 byte or more", '"' + name + '"');
            }
        }
        return List.copyOf(names);
    }
}
