package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import org.liveupdate.kho.fdt.FdtNode;

/** Writes the node and chains of {@link ScopeLayout}. */
final class MemoryStateWriter {

    private final BlockChainWriter scopes;
    private final BlockChainWriter blocks;
    private final BlockChainWriter erase;

    MemoryStateWriter(ImageWriter image) {
        this.scopes = new BlockChainWriter(image, ScopeLayout.SCOPE_BYTES);
        this.blocks = new BlockChainWriter(image, ScopeLayout.BLOCK_BYTES);
        this.erase = new BlockChainWriter(image, ScopeLayout.BLOCK_BYTES);
    }

    FdtNode write(MemoryState state) {
        for (ScopeState scope : state.scopes()) {
            int entry = scopes.reserve();
            ByteBuffer page = scopes.block();
            page.putLong(entry + ScopeLayout.ID_OFFSET, scope.id());
            page.putLong(entry + ScopeLayout.BLOCKS_OFFSET, scope.blocks());
            FixedString.put(page, entry + ScopeLayout.OWNER_OFFSET, ScopeLayout.OWNER_BYTES, scope.owner());
            write(scope.table(), blocks);
        }
        write(state.erase(), erase);
        return node(state.fileName(), state.fileBytes(), state.nextScopeId(), scopes.head(), blocks.head(),
                erase.head());
    }

    private static void write(BlockTable table, BlockChainWriter chain) {
        for (int i = 0; i < table.size(); i++) {
            int block = chain.reserve();
            int flags = (table.isSecret(i) ? ScopeLayout.FLAG_SECRET : 0)
                    | (table.isSummed(i) ? ScopeLayout.FLAG_SUMMED : 0)
                    | (table.isWrittenByDevices(i) ? ScopeLayout.FLAG_DEVICES : 0);
            chain.block().putLong(block + ScopeLayout.ADDRESS_OFFSET, table.address(i))
                    .put(block + ScopeLayout.ORDER_OFFSET, (byte) table.order(i))
                    .put(block + ScopeLayout.FLAGS_OFFSET, (byte) flags)
                    .putInt(block + ScopeLayout.CHECKSUM_OFFSET, table.checksum(i));
        }
    }

    static FdtNode node(String fileName, long fileBytes, long nextScopeId, long scopes, long blocks,
            long erase) {
        return FdtNode.named(ScopeLayout.NODE)
                .setString(Format.COMPATIBLE, KhoFormats.MEMORY.compatible())
                .setString(ScopeLayout.FILE_PROPERTY, fileName)
                .setU64(ScopeLayout.SIZE_PROPERTY, fileBytes)
                .setU64(ScopeLayout.NEXT_ID_PROPERTY, nextScopeId)
                .setU64(ScopeLayout.SCOPES_PROPERTY, scopes)
                .setU64(ScopeLayout.BLOCKS_PROPERTY, blocks)
                .setU64(ScopeLayout.ERASE_PROPERTY, erase);
    }
}
