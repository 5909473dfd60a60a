package org.liveupdate.kho.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.liveupdate.kho.fdt.FdtNode;

/**
 * What an image has to say about handover memory: the file, and the preserved blocks by scope.
 *
 * @param fileName name of the memory file, in the directory that holds the image
 * @param fileBytes length of the memory file
 * @param nextScopeId the number that the next scope gets, above that of every scope there has been
 * @param scopes the scopes, by id
 * @param erase blocks that nobody owns, and that are overwritten once it is decided who goes on
 */
public record MemoryState(String fileName, long fileBytes, long nextScopeId, List<ScopeState> scopes,
        BlockTable erase) {

    /** The name of the node, a child of an image's root, that describes handover memory. */
    public static final String NODE = ScopeLayout.NODE;

    /** Takes a copy of the list. */
    public MemoryState {
        scopes = List.copyOf(scopes);
    }

    /** A state without blocks to be erased. */
    public MemoryState(String fileName, long fileBytes, long nextScopeId, List<ScopeState> scopes) {
        this(fileName, fileBytes, nextScopeId, scopes, BlockTable.EMPTY);
    }

    /** How many bytes of an image the chains of so many scopes, and of so many blocks in them, take. */
    public static long bytes(long scopes, long blocks) {
        return BlockChainWriter.bytes(scopes, ScopeLayout.SCOPE_BYTES)
                + BlockChainWriter.bytes(blocks, ScopeLayout.BLOCK_BYTES);
    }

    /** The same without the scopes that have other ids; their secret blocks are to be erased. */
    public MemoryState withScopes(Set<Long> ids) {
        List<ScopeState> kept = new ArrayList<>();
        List<BlockTable> toErase = new ArrayList<>(List.of(erase));
        for (ScopeState scope : scopes) {
            if (ids.contains(scope.id())) {
                kept.add(scope);
            } else {
                toErase.add(scope.table());
            }
        }
        BlockTable.Builder secrets = new BlockTable.Builder(toErase.stream().mapToInt(BlockTable::secrets).sum());
        toErase.forEach(table -> table.copySecrets(secrets));
        return new MemoryState(fileName, fileBytes, nextScopeId, kept, secrets.build());
    }

    /**
     * Writes the chains of scopes and blocks.
     *
     * @return the node {@value #NODE}, to be added to the root of the image
     */
    public FdtNode writeTo(ImageWriter image) {
        return new MemoryStateWriter(image).write(this);
    }

    /**
     * The node that {@link #writeTo} will return, with other values: for a draft of the tree.
     */
    public FdtNode draft() {
        return MemoryStateWriter.node(fileName, fileBytes, nextScopeId, 0, 0, 0);
    }

    /**
     * Reads what {@link #writeTo} wrote, and checks it: numbers, alignment, range, terminators. Whether blocks overlap
     * is found out when the memory is attached.
     *
     * @param node the node {@value #NODE}
     * @throws ImageException if it is corrupt, too old or too new
     */
    public static MemoryState readFrom(ImageReader image, FdtNode node) throws ImageException {
        return new MemoryStateReader(image, node).read();
    }
}
