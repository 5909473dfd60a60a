package org.liveupdate.kho.image;

import java.nio.ByteBuffer;
import org.liveupdate.kho.fdt.FdtNode;

/** Writes the node and chains of {@link ScopeLayout}. */
final class MemoryStateWriter {

    private final BlockChainWriter scopes;
    private final BlockChainWriter blocks;

    MemoryStateWriter(ImageWriter image) {
        this.scopes = new BlockChainWriter(image, ScopeLayout.SCOPE_BYTES);
        this.blocks = new BlockChainWriter(image, ScopeLayout.BLOCK_BYTES);
    }

    FdtNode write(MemoryState state) {
        for (ScopeState scope : state.scopes()) {
            int entry = scopes.reserve();
            ByteBuffer page = scopes.block();
            page.putLong(entry + ScopeLayout.ID_OFFSET, scope.id());
            page.putLong(entry + ScopeLayout.BLOCKS_OFFSET, scope.blocks());
            FixedString.put(page, entry + ScopeLayout.OWNER_OFFSET, ScopeLayout.OWNER_BYTES, scope.owner());
            for (int i = 0; i < scope.blocks(); i++) {
                int block = blocks.reserve();
                blocks.block().putLong(block + ScopeLayout.ADDRESS_OFFSET, scope.address(i));
                blocks.block().put(block + ScopeLayout.ORDER_OFFSET, (byte) scope.order(i));
            }
        }
        return node(state.fileName(), state.fileBytes(), state.nextScopeId(), scopes.head(), blocks.head());
    }

    static FdtNode node(String fileName, long fileBytes, long nextScopeId, long scopes, long blocks) {
        return FdtNode.named(ScopeLayout.NODE)
                .setString("compatible", ScopeLayout.COMPATIBLE)
                .setString(ScopeLayout.FILE_PROPERTY, fileName)
                .setU64(ScopeLayout.SIZE_PROPERTY, fileBytes)
                .setU64(ScopeLayout.NEXT_ID_PROPERTY, nextScopeId)
                .setU64(ScopeLayout.SCOPES_PROPERTY, scopes)
                .setU64(ScopeLayout.BLOCKS_PROPERTY, blocks);
    }
}
