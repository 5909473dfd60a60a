package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.BlockChainReader;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;

/** Reads the FLBs, sessions and files of one side, up to the first fault. */
final class SideReader {
    private final NodeReader nodes;
    private final ImageReader reader;
    private final List<ImageModel.FlbEntry> flbs = new ArrayList<>();
    private final List<ImageModel.SessionEntry> sessions = new ArrayList<>();
    private List<String> owners;
    private FlbListReader lists;

    SideReader(NodeReader nodes) {
        this.nodes = nodes;
        this.reader = nodes.image();
    }

    /** Those before the first fault. */
    List<ImageModel.FlbEntry> flbs() {
        return flbs;
    }

    /** The same. */
    List<ImageModel.SessionEntry> sessions() {
        return sessions;
    }

    /**
     * Reads everything, once.
     *
     * @param session
     *            the node that has the head of the session entries
     * @param flb
     *            the node that has the address of the FLB page
     * @param extra
     *            the node that has the heads of FLB lists and holders
     * @param names
     *            the owners of the image
     */
    void read(FdtNode session, FdtNode flb, FdtNode extra, List<String> names) throws ImageException {
        owners = names;
        long flbPage = readFlbs(flb, extra);
        lists = new FlbListReader(nodes.chain(extra, LuoLayout.LISTS, FlbExtraLayout.LIST_BYTES), flbs);
        readSessions(session);
        lists.checkCounts(reader, flbPage + FlbPageLayout.HEADER_BYTES);
    }

    private String owner(BlockChainReader chain, long number, int offset) throws ImageException {
        if (number < 0 || number >= owners.size()) {
            throw chain.corrupt(offset, "an owner below " + owners.size(), Long.toUnsignedString(number));
        }
        return owners.get((int) number);
    }

    /** Returns the address of the FLB page. */
    private long readFlbs(FdtNode node, FdtNode extra) throws ImageException {
        long address = nodes.u64(node, LuoLayout.FLB_HEADER);
        ByteBuffer page = reader.ownPage(address, node.offset(LuoLayout.FLB_HEADER)).order(ByteOrder.LITTLE_ENDIAN);
        require(address + FlbPageLayout.PAGES, 1, page.getLong(FlbPageLayout.PAGES));
        long count = page.getLong(FlbPageLayout.COUNT);
        if (count < 0 || count > LiveUpdateConstants.LUO_FLB_MAX) {
            throw reader.corrupt(address + FlbPageLayout.COUNT, "at most " + LiveUpdateConstants.LUO_FLB_MAX + " FLBs",
                    Long.toUnsignedString(count));
        }
        BlockChainReader holders = nodes.chain(extra, LuoLayout.HOLDERS, FlbExtraLayout.HOLDER_BYTES);
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
        BlockChainReader chain = nodes.chain(node, LuoLayout.SESSION_HEADER, SessionLayout.SESSION_BYTES);
        Set<String> names = new HashSet<>();
        for (ByteBuffer entry = chain.next(); entry != null; entry = chain.next()) {
            String name = chain.string(entry, SessionLayout.NAME, SessionLayout.NAME_BYTES);
            if (name.isEmpty() || !names.add(name)) {
                throw chain.corrupt(SessionLayout.NAME, "distinct session names of 1 byte or more", '"' + name + '"');
            }
            long files = entry.getLong(SessionLayout.FILES);
            BlockChainReader fileChain = nodes.chain(entry.getLong(SessionLayout.FILES_HEAD),
                    chain.offset(SessionLayout.FILES_HEAD), SessionLayout.FILE_BYTES);
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
