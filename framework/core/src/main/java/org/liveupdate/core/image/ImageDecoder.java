package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.BlockChainReader;
import org.liveupdate.kho.image.Format;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.MemoryState;

/**
 * Reads one image and believes nothing: whatever does not fit together makes the whole image unusable. Not thread safe;
 * use once.
 */
public final class ImageDecoder {
    /** More entries than fit into the largest image cannot be meant. */
    private static final long MANY = Integer.MAX_VALUE / 16;

    /** Stands for the owners as long as they could not be read. */
    private static final List<String> UNKNOWN = Collections.nCopies(Integer.MAX_VALUE, "");

    private final ImageReader reader;
    private final List<ImageModel.FlbEntry> flbs = new ArrayList<>();
    private final List<ImageModel.SessionEntry> sessions = new ArrayList<>();
    private long number;
    private List<String> owners = UNKNOWN;
    private FlbListReader lists;
    private Moments moments;
    private MemoryState memory;

    private ImageDecoder(ImageReader reader) {
        this.reader = reader;
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
        return new ImageDecoder(ImageReader.open(bytes, name)).read();
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
        return List.of(this::readRoot, this::readOwners, this::readLuo, this::readTimeline, this::readMemory);
    }

    private Image read() throws ImageException {
        for (Part part : parts()) {
            part.read();
        }
        return image();
    }

    private Image image() {
        return new Image(new ImageModel(number, flbs, sessions), moments, memory);
    }

    private void readRoot() throws ImageException {
        FdtNode root = reader.tree();
        Formats.ROOT.require(reader, root);
        number = u64(root, LuoLayout.NUMBER);
        if (number < 1) {
            throw reader.corrupt(root.offset(LuoLayout.NUMBER), LuoLayout.NUMBER + " of 1 or more",
                    Long.toString(number));
        }
    }

    private void readOwners() throws ImageException {
        owners = readOwners(node(LuoLayout.OWN_FLB_NODE, Formats.OWN_FLB));
    }

    private void readLuo() throws ImageException {
        FdtNode session = node(LuoLayout.SESSION_NODE, Formats.SESSION);
        FdtNode flb = node(LuoLayout.FLB_NODE, Formats.FLB);
        FdtNode extra = node(LuoLayout.OWN_FLB_NODE, Formats.OWN_FLB);
        long flbPage = readFlbs(flb, extra);
        lists = new FlbListReader(chain(extra, LuoLayout.LISTS, FlbExtraLayout.LIST_BYTES), flbs);
        readSessions(session);
        lists.checkCounts(reader, flbPage + FlbPageLayout.HEADER_BYTES);
    }

    private void readMemory() throws ImageException {
        FdtNode node = reader.tree().child(MemoryState.NODE).orElse(null);
        memory = node == null ? null : MemoryState.readFrom(reader, node);
    }

    private FdtNode node(String name, Format format) throws ImageException {
        FdtNode node = reader.tree().child(name).orElse(null);
        if (node == null) {
            throw reader.corrupt(reader.tree().offset(name), "a node \"" + name + '"', "none");
        }
        format.require(reader, node);
        return node;
    }

    private long u64(FdtNode node, String property) throws ImageException {
        try {
            return node.u64(property);
        } catch (FdtException e) {
            throw ImageException.of(reader.name(), e);
        }
    }

    private void readTimeline() throws ImageException {
        FdtNode node = node(LuoLayout.TIMELINE_NODE, Formats.TIMELINE);
        moments = new Moments(u64(node, LuoLayout.PREPARE_BEGAN), u64(node, LuoLayout.FREEZE_BEGAN),
                u64(node, LuoLayout.COMMITTED), u64(node, LuoLayout.COMMITTED_WALL));
    }

    private BlockChainReader chain(FdtNode node, String property, int entryBytes) throws ImageException {
        return reader.chain(u64(node, property), node.offset(property), entryBytes, MANY);
    }

    private List<String> readOwners(FdtNode node) throws ImageException {
        BlockChainReader chain = chain(node, LuoLayout.OWNERS, FlbExtraLayout.OWNER_BYTES);
        Set<String> names = new LinkedHashSet<>();
        for (ByteBuffer entry = chain.next(); entry != null; entry = chain.next()) {
            String name = chain.string(entry, FlbExtraLayout.OWNER_NAME, FlbExtraLayout.OWNER_BYTES);
            if (name.isEmpty() || !names.add(name)) {
                throw chain.corrupt(FlbExtraLayout.OWNER_NAME, "distinct owners of 1 byte or more", '"' + name + '"');
            }
        }
        return List.copyOf(names);
    }

    private String owner(BlockChainReader chain, long number, int offset) throws ImageException {
        if (number < 0 || number >= owners.size()) {
            throw chain.corrupt(offset, "an owner below " + owners.size(), Long.toUnsignedString(number));
        }
        return owners.get((int) number);
    }

    /** Returns the address of the FLB page. */
    private long readFlbs(FdtNode node, FdtNode extra) throws ImageException {
        long address = u64(node, LuoLayout.FLB_HEADER);
        ByteBuffer page = reader.page(address, node.offset(LuoLayout.FLB_HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        require(address + FlbPageLayout.PAGES, 1, page.getLong(FlbPageLayout.PAGES));
        long count = page.getLong(FlbPageLayout.COUNT);
        if (count < 0 || count > LiveUpdateConstants.LUO_FLB_MAX) {
            throw reader.corrupt(address + FlbPageLayout.COUNT, "at most " + LiveUpdateConstants.LUO_FLB_MAX + " FLBs",
                    Long.toUnsignedString(count));
        }
        BlockChainReader holders = chain(extra, LuoLayout.HOLDERS, FlbExtraLayout.HOLDER_BYTES);
        if (holders.count() != count) {
            throw reader.corrupt(address + FlbPageLayout.COUNT, count + " FLB holders", Long.toString(holders.count()));
        }
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int offset = FlbPageLayout.HEADER_BYTES + i * FlbPageLayout.ENTRY_BYTES;
            ImageModel.FlbEntry entry = readFlb(page, address, offset, holders);
            if (!names.add(entry.name())) {
                throw reader.corrupt(address + offset, "distinct FLB names", '"' + entry.name() + "\" twice");
            }
            flbs.add(entry);
        }
        return address;
    }

    private ImageModel.FlbEntry readFlb(ByteBuffer page, long address, int offset, BlockChainReader holders)
            throws ImageException {
        String text = new CompatibleField().read(page, offset + FlbPageLayout.NAME);
        if (text == null) {
            throw reader.corrupt(address + offset, "a compatible string", "other bytes");
        }
        long files = page.getLong(offset + FlbPageLayout.FILES);
        if (files < 1) {
            throw reader.corrupt(address + offset + FlbPageLayout.FILES, "a count of files of 1 or more",
                    Long.toUnsignedString(files));
        }
        ByteBuffer holder = holders.next();
        return new ImageModel.FlbEntry(text, page.getLong(offset + FlbPageLayout.DATA), files,
                holder.getLong(FlbExtraLayout.HOLDER_SCOPE),
                owner(holders, holder.getLong(FlbExtraLayout.HOLDER_OWNER), FlbExtraLayout.HOLDER_OWNER));
    }

    private void readSessions(FdtNode node) throws ImageException {
        BlockChainReader chain = chain(node, LuoLayout.SESSION_HEADER, SessionLayout.SESSION_BYTES);
        Set<String> names = new HashSet<>();
        for (ByteBuffer entry = chain.next(); entry != null; entry = chain.next()) {
            String name = chain.string(entry, SessionLayout.NAME, SessionLayout.NAME_BYTES);
            if (name.isEmpty() || !names.add(name)) {
                throw chain.corrupt(SessionLayout.NAME, "distinct session names of 1 byte or more", '"' + name + '"');
            }
            long files = entry.getLong(SessionLayout.FILES);
            BlockChainReader fileChain = reader.chain(entry.getLong(SessionLayout.FILES_HEAD),
                    chain.offset(SessionLayout.FILES_HEAD), SessionLayout.FILE_BYTES, MANY);
            if (fileChain.count() != files) {
                throw chain.corrupt(SessionLayout.FILES, fileChain.count() + " files, as the chain has",
                        Long.toUnsignedString(files));
            }
            FileListReader entries = new FileListReader(fileChain, lists, owners);
            sessions.add(new ImageModel.SessionEntry(name, entries.files()));
            entries.read();
        }
    }

    private void require(long offset, long expected, long found) throws ImageException {
        if (expected != found) {
            throw reader.corrupt(offset, Long.toString(expected), Long.toUnsignedString(found));
        }
    }
}
