package org.liveupdate.providers.memfd.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.ImageWriter;
import org.liveupdate.kho.image.MemoryState;

/**
 * A file that holds what another JVM needs to take over handover memory and one memfd in it.
 *
 * @param file next to the memory
 * @param reader what it says
 */
record Image(Path file, ImageReader reader) {

    /** Writes one: memory is frozen. */
    static Path write(Generation generation, Held held) throws IOException {
        ImageWriter image = new ImageWriter();
        FdtNode root = FdtNode.root().setU64("scope", held.scope.id()).setU64("data", held.data)
                .add(generation.memory.state().writeTo(image));
        ByteBuffer content = image.finish(root);
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return Files.write(generation.memory.file().resolveSibling("image"), bytes);
    }

    static Image read(Path file) throws IOException {
        return new Image(file, ImageReader.open(Files.readAllBytes(file), file));
    }

    Generation attach() throws IOException {
        MemoryState state = MemoryState.readFrom(reader, reader.tree().child(MemoryState.NODE).orElseThrow());
        HandoverMemory memory = HandoverMemory.attach(file.getParent(), state, MemoryOptions.defaults());
        memory.thaw();
        return new Generation(memory, MemoryOptions.defaults());
    }

    Held inherit(MemfdHandler handler, Generation generation) throws IOException {
        return Held.inherit(handler, generation, reader.tree().u64("scope"), reader.tree().u64("data"));
    }
}
