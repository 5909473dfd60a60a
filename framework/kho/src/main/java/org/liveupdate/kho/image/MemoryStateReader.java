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
        FormatVersion.require(image, node, ScopeLayout.COMPATIBLE_PREFIX, 1, 1);
        try {
            String fileName = node.string(ScopeLayout.FILE_PROPERTY);
            require(isFileName(fileName), ScopeLayout.FILE_PROPERTY, "memory- and 16 hexadecimal digits",
                    '"' + fileName + '"');
            long fileBytes = node.u64(ScopeLayout.SIZE_PROPERTY);
            require(fileBytes >= ImageLayout.PAGE_BYTES && fileBytes % ImageLayout.PAGE_BYTES == 0,
                    ScopeLayout.SIZE_PROPERTY, "whole pages, at least one", fileBytes + " bytes");
            long nextId = node.u64(ScopeLayout.NEXT_ID_PROPERTY);
            require(nextId >= 1, ScopeLayout.NEXT_ID_PROPERTY, "at least 1", Long.toString(nextId));
            return new MemoryState(fileName, fileBytes, nextId, scopes(fileBytes, nextId));
        } catch (FdtException e) {
            throw ImageException.of(image.name(), e);
        }
    }

    private List<ScopeState> scopes(long fileBytes, long nextId) throws ImageException, FdtException {
        BlockChainReader scopes = image.chain(node.u64(ScopeLayout.SCOPES_PROPERTY), ScopeLayout.SCOPE_BYTES,
                Integer.MAX_VALUE);
        BlockChainReader blocks = image.chain(node.u64(ScopeLayout.BLOCKS_PROPERTY), ScopeLayout.BLOCK_BYTES,
                Integer.MAX_VALUE);
        List<ScopeState> read = new ArrayList<>((int) scopes.count());
        long unread = blocks.count();
        long last = 0;
        for (ByteBuffer entry = scopes.next(); entry != null; entry = scopes.next()) {
            long id = entry.getLong(ScopeLayout.ID_OFFSET);
            if (id <= last || id >= nextId) {
                throw scopes.corrupt(ScopeLayout.ID_OFFSET, "an id of " + (last + 1) + " to " + (nextId - 1),
                        Long.toString(id));
            }
            long count = entry.getLong(ScopeLayout.BLOCKS_OFFSET);
            if (count < 0 || count > unread) {
                throw scopes.corrupt(ScopeLayout.BLOCKS_OFFSET, "at most the " + unread + " blocks that are left",
                        Long.toUnsignedString(count));
            }
            String owner = scopes.string(entry, ScopeLayout.OWNER_OFFSET, ScopeLayout.OWNER_BYTES);
            read.add(scope(new ScopeState.Builder(id, owner, (int) count), count, blocks, fileBytes));
            unread -= count;
            last = id;
        }
        require(unread == 0, ScopeLayout.BLOCKS_PROPERTY, "as many blocks as the scopes have", unread + " more");
        return read;
    }

    private static ScopeState scope(ScopeState.Builder scope, long count, BlockChainReader blocks, long fileBytes)
            throws ImageException {
        for (long i = 0; i < count; i++) {
            int entry = blocks.advance();
            ByteBuffer page = blocks.block();
            int order = page.get(entry + ScopeLayout.ORDER_OFFSET);
            if (order < 0 || order > ScopeLayout.MAX_ORDER) {
                throw blocks.corrupt(ScopeLayout.ORDER_OFFSET, "an order of 0 to " + ScopeLayout.MAX_ORDER,
                        Integer.toString(order));
            }
            if (page.getLong(entry + ScopeLayout.ORDER_OFFSET) != order) {
                throw blocks.corrupt(ScopeLayout.UNUSED_OFFSET, "zeros to the end of the entry", "other bytes");
            }
            long bytes = (long) ImageLayout.PAGE_BYTES << order;
            long address = page.getLong(entry + ScopeLayout.ADDRESS_OFFSET);
            if (address < bytes || address % bytes != 0 || address > fileBytes - bytes) {
                throw blocks.corrupt(ScopeLayout.ADDRESS_OFFSET,
                        "a multiple of " + bytes + ", at least that and at most " + (fileBytes - bytes),
                        Long.toUnsignedString(address));
            }
            scope.add(address, order);
        }
        return scope.build();
    }

    private void require(boolean condition, String property, String expected, String found) throws ImageException {
        if (!condition) {
            throw image.corrupt(-1, expected + " as \"" + property + "\" of node \"" + ScopeLayout.NODE + '"', found);
        }
    }
}
