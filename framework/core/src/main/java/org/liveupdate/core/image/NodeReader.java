package org.liveupdate.core.image;

import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.BlockChainReader;
import org.liveupdate.kho.image.Format;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;

/** Reads nodes and properties of an image's device tree. */
final class NodeReader {
    /** More entries than fit into the largest image cannot be meant. */
    private static final long MANY = Integer.MAX_VALUE / 16;

    private final ImageReader reader;

    NodeReader(ImageReader reader) {
        this.reader = reader;
    }

    ImageReader image() {
        return reader;
    }

    /** A node that has to be there, in a version that this build reads. */
    FdtNode node(String name, Format format) throws ImageException {
        FdtNode node = reader.tree().child(name).orElse(null);
        if (node == null) {
            throw reader.corrupt(reader.tree().offset(name), "a node \"" + name + '"', "none");
        }
        format.require(reader, node);
        return node;
    }

    long u64(FdtNode node, String property) throws ImageException {
        try {
            return node.u64(property);
        } catch (FdtException e) {
            throw ImageException.of(reader.name(), e);
        }
    }

    /** A chain of blocks whose address is a property. */
    BlockChainReader chain(FdtNode node, String property, int entryBytes) throws ImageException {
        return reader.chain(u64(node, property), node.offset(property), entryBytes, MANY);
    }

    /** A chain of blocks whose address stands at an offset of the image. */
    BlockChainReader chain(long head, long offset, int entryBytes) throws ImageException {
        return reader.chain(head, offset, entryBytes, MANY);
    }
}
