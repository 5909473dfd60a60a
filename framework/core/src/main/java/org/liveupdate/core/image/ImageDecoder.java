package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.core.luo.ImageModel;
import org.liveupdate.core.luo.TokenTable;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.BlockChainReader;
import org.liveupdate.kho.image.FormatVersion;
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

    private final ImageReader reader;
    private List<String> owners = List.of();
    private List<ImageModel.FlbEntry> flbs = List.of();
    private FlbListReader lists;

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

    private Image read() throws ImageException {
        FdtNode root = reader.tree();
        FormatVersion.require(reader, root, LuoLayout.ROOT_PREFIX, 1, 1);
        FdtNode session = node(LuoLayout.SESSION_NODE, LuoLayout.SESSION_PREFIX);
        FdtNode flb = node(LuoLayout.FLB_NODE, LuoLayout.FLB_PREFIX);
        FdtNode extra = node(LuoLayout.OWN_FLB_NODE, LuoLayout.OWN_FLB_PREFIX);
        FdtNode timeline = node(LuoLayout.TIMELINE_NODE, LuoLayout.TIMELINE_PREFIX);
        long number = u64(root, LuoLayout.NUMBER);
        if (number < 1) {
            throw reader.corrupt(-1, LuoLayout.NUMBER + " of 1 or more", Long.toString(number));
        }
        owners = readOwners(u64(extra, LuoLayout.OWNERS));
        flbs = readFlbs(u64(flb, LuoLayout.FLB_HEADER), u64(extra, LuoLayout.HOLDERS));
        lists = new FlbListReader(reader.chain(u64(extra, LuoLayout.LISTS), FlbExtraLayout.LIST_BYTES, MANY), flbs);
        List<ImageModel.SessionEntry> sessions = readSessions(u64(session, LuoLayout.SESSION_HEADER));
        lists.checkCounts(reader);
        FdtNode memory = root.child(MemoryState.NODE).orElse(null);
        return new Image(new ImageModel(number, flbs, sessions), moments(timeline),
                memory == null ? null : MemoryState.readFrom(reader, memory));
    }

    private FdtNode node(String name, String prefix) throws ImageException {
        FdtNode node = reader.tree().child(name).orElse(null);
        if (node == null) {
            throw reader.corrupt(-1, "a node \"" + name + '"', "none");
        }
        FormatVersion.require(reader, node, prefix, 1, 1);
        return node;
    }

    private long u64(FdtNode node, String property) throws ImageException {
        try {
            return node.u64(property);
        } catch (FdtException e) {
            throw ImageException.of(reader.name(), e);
        }
    }

    private Moments moments(FdtNode node) throws ImageException {
        return new Moments(u64(node, LuoLayout.PREPARE_BEGAN), u64(node, LuoLayout.FREEZE_BEGAN),
                u64(node, LuoLayout.COMMITTED), u64(node, LuoLayout.COMMITTED_WALL));
    }

    private List<String> readOwners(long head) throws ImageException {
        BlockChainReader chain = reader.chain(head, FlbExtraLayout.OWNER_BYTES, MANY);
        List<String> names = new ArrayList<>();
        for (ByteBuffer entry = chain.next(); entry != null; entry = chain.next()) {
            names.add(chain.string(entry, FlbExtraLayout.OWNER_NAME, FlbExtraLayout.OWNER_BYTES));
        }
        return names;
    }

    private String owner(BlockChainReader chain, long number, int offset) throws ImageException {
        if (number < 0 || number >= owners.size()) {
            throw chain.corrupt(offset, "an owner below " + owners.size(), Long.toUnsignedString(number));
        }
        return owners.get((int) number);
    }

    private List<ImageModel.FlbEntry> readFlbs(long address, long holdersHead) throws ImageException {
        ByteBuffer page = reader.page(address).order(ByteOrder.LITTLE_ENDIAN);
        require(address + FlbPageLayout.PAGES, 1, page.getLong(FlbPageLayout.PAGES));
        long count = page.getLong(FlbPageLayout.COUNT);
        if (count < 0 || count > LiveUpdateConstants.LUO_FLB_MAX) {
            throw reader.corrupt(address + FlbPageLayout.COUNT, "at most " + LiveUpdateConstants.LUO_FLB_MAX + " FLBs",
                    Long.toUnsignedString(count));
        }
        BlockChainReader holders = reader.chain(holdersHead, FlbExtraLayout.HOLDER_BYTES,
                LiveUpdateConstants.LUO_FLB_MAX);
        if (holders.count() != count) {
            throw reader.corrupt(-1, count + " FLB holders", Long.toString(holders.count()));
        }
        List<ImageModel.FlbEntry> entries = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            int offset = FlbPageLayout.HEADER_BYTES + i * FlbPageLayout.ENTRY_BYTES;
            ImageModel.FlbEntry entry = readFlb(page, address, offset, holders);
            if (!names.add(entry.name())) {
                throw reader.corrupt(address + offset, "distinct FLB names", '"' + entry.name() + "\" twice");
            }
            entries.add(entry);
        }
        return entries;
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

    private List<ImageModel.SessionEntry> readSessions(long head) throws ImageException {
        BlockChainReader chain = reader.chain(head, SessionLayout.SESSION_BYTES, MANY);
        List<ImageModel.SessionEntry> sessions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ByteBuffer entry = chain.next(); entry != null; entry = chain.next()) {
            String name = chain.string(entry, SessionLayout.NAME, SessionLayout.NAME_BYTES);
            if (name.isEmpty() || !names.add(name)) {
                throw chain.corrupt(SessionLayout.NAME, "distinct session names of 1 byte or more", '"' + name + '"');
            }
            long files = entry.getLong(SessionLayout.FILES);
            BlockChainReader fileChain = reader.chain(entry.getLong(SessionLayout.FILES_HEAD), SessionLayout.FILE_BYTES,
                    MANY);
            if (fileChain.count() != files) {
                throw chain.corrupt(SessionLayout.FILES, fileChain.count() + " files, as the chain has",
                        Long.toUnsignedString(files));
            }
            sessions.add(new ImageModel.SessionEntry(name, readFiles(fileChain)));
        }
        return sessions;
    }

    private List<ImageModel.FileEntry> readFiles(BlockChainReader chain) throws ImageException {
        List<ImageModel.FileEntry> files = new ArrayList<>((int) chain.count());
        TokenTable<ImageModel.FileEntry> tokens = new TokenTable<>((int) chain.count());
        CompatibleField compatible = new CompatibleField();
        for (int start = chain.advance(); start >= 0; start = chain.advance()) {
            ByteBuffer block = chain.block();
            String text = compatible.read(block, start + SessionLayout.COMPATIBLE);
            if (text == null) {
                throw chain.corrupt(SessionLayout.COMPATIBLE, "a compatible string", "other bytes");
            }
            long token = block.getLong(start + SessionLayout.TOKEN);
            ImageModel.FileEntry file = new ImageModel.FileEntry(text, block.getLong(start + SessionLayout.DATA), token,
                    lists.use(chain, block.getLong(start + SessionLayout.LIST)),
                    block.getLong(start + SessionLayout.SCOPE),
                    owner(chain, block.getLong(start + SessionLayout.OWNER), SessionLayout.OWNER));
            if (!tokens.add(token, file)) {
                throw chain.corrupt(SessionLayout.TOKEN, "distinct tokens", token + " twice");
            }
            files.add(file);
        }
        return files;
    }

    private void require(long offset, long expected, long found) throws ImageException {
        if (expected != found) {
            throw reader.corrupt(offset, Long.toString(expected), Long.toUnsignedString(found));
        }
    }
}
