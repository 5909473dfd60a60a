package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;

/** Reads and checks the node and chains of {@link ScopeLayout}. */
final class MemoryStateReader {

    private static final Pattern FILE_NAME = Pattern.compile("memory-[0-9a-f]{16}");

    private final ImageReader image;
    private final FdtNode node;

    MemoryStateReader(ImageReader image, FdtNode node) {
        this.image = image;
        this.node = node;
    }

    /** Whether a memory file can have this name. */
    static boolean isFileName(String name) {
        return FILE_NAME.matcher(name).matches();
    }

    MemoryState read() throws ImageException {
        int version = KhoFormats.MEMORY.require(image, node);
        try {
            String fileName = node.string(ScopeLayout.FILE_PROPERTY);
            require(isFileName(fileName), ScopeLayout.FILE_PROPERTY, "memory- and 16 hexadecimal digits",
                    '"' + fileName + '"');
            long fileBytes = node.u64(ScopeLayout.SIZE_PROPERTY);
            require(fileBytes >= ImageLayout.PAGE_BYTES && fileBytes % ImageLayout.PAGE_BYTES == 0,
                    ScopeLayout.SIZE_PROPERTY, "whole pages, at least one", fileBytes + " bytes");
            long nextId = node.u64(ScopeLayout.NEXT_ID_PROPERTY);
            require(nextId >= 1, ScopeLayout.NEXT_ID_PROPERTY, "at least 1", Long.toString(nextId));
            List<ScopeState> scopes = scopes(fileBytes, nextId, version);
            BlockEntries erase = blocks(ScopeLayout.ERASE_PROPERTY, fileBytes, version);
            return new MemoryState(fileName, fileBytes, nextId, scopes, erase.read((int) erase.left()));
        } catch (FdtException e) {
            throw ImageException.of(image.name(), e);
        }
    }

    private BlockChainReader chain(String property, int entryBytes) throws ImageException, FdtException {
        return image.chain(node.u64(property), node.offset(property), entryBytes, Integer.MAX_VALUE);
    }

    private BlockEntries blocks(String property, long fileBytes, int version) throws ImageException, FdtException {
        return new BlockEntries(chain(property, ScopeLayout.BLOCK_BYTES), fileBytes, version);
    }

    private List<ScopeState> scopes(long fileBytes, long nextId, int version) throws ImageException, FdtException {
        BlockChainReader scopes = chain(ScopeLayout.SCOPES_PROPERTY, ScopeLayout.SCOPE_BYTES);
        BlockEntries blocks = blocks(ScopeLayout.BLOCKS_PROPERTY, fileBytes, version);
        List<ScopeState> read = new ArrayList<>((int) scopes.count());
        long last = 0;
        for (ByteBuffer entry = scopes.next(); entry != null; entry = scopes.next()) {
            long id = entry.getLong(ScopeLayout.ID_OFFSET);
            if (id <= last || id >= nextId) {
                throw scopes.corrupt(ScopeLayout.ID_OFFSET, "an id of " + (last + 1) + " to " + (nextId - 1),
                        Long.toString(id));
            }
            long count = entry.getLong(ScopeLayout.BLOCKS_OFFSET);
            if (count < 0 || count > blocks.left()) {
                throw scopes.corrupt(ScopeLayout.BLOCKS_OFFSET, "at most the " + blocks.left()
                        + " blocks that are left", Long.toUnsignedString(count));
            }
            String owner = scopes.string(entry, ScopeLayout.OWNER_OFFSET, ScopeLayout.OWNER_BYTES);
            read.add(new ScopeState(id, owner, blocks.read((int) count)));
            last = id;
        }
        require(blocks.left() == 0, ScopeLayout.BLOCKS_PROPERTY, "as many blocks as the scopes have",
                blocks.left() + " more");
        return read;
    }

    private void require(boolean condition, String property, String expected, String found) throws ImageException {
        if (!condition) {
            throw image.corrupt(node.offset(property),
                    expected + " as \"" + property + "\" of node \"" + ScopeLayout.NODE + '"', found);
        }
    }
}
