package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.MemoryOptions;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.ImageWriter;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memory.ByteFile;

/** Stage 1 here, stage 2 in a JVM of its own. */
@Timeout(60)
class SecondJvmTest {

    private static final int BYTES = 40_000_001;

    @TempDir
    Path directory;

    @Test
    void aSecondJvmReadsTheSameBytesAndFreesThem() throws Exception {
        Generation generation = Generation.first(directory);
        Memfd memfd = generation.create("big");
        memfd.write(Bytes.some(BYTES));
        memfd.position(4711);
        String digest = digest(memfd);
        Held held = Held.preserve(generation, memfd);
        held.freeze();
        generation.memory.freeze();
        ImageWriter image = new ImageWriter();
        FdtNode root = FdtNode.root().setU64("scope", held.scope.id()).setU64("data", held.data)
                .add(generation.memory.state().writeTo(image));
        ByteBuffer content = image.finish(root);
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        Path file = Files.write(directory.resolve("image"), bytes);

        Process second = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Second.class.getName(),
                file.toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(second.getInputStream().readAllBytes()).trim();
        second.waitFor(20, TimeUnit.SECONDS);
        assertEquals(digest + " " + BYTES + " 4711 0", output);
        assertEquals(0, second.exitValue());
        generation.memory.fence();
        generation.close();
    }

    private static String digest(ByteFile file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        file.visit(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Stage 2: prints digest, size, position, and how many pages are left in the end. */
    public static final class Second {

        private Second() {}

        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[0]);
            ImageReader reader = ImageReader.open(Files.readAllBytes(file), file);
            try (Generation generation = attach(file, reader)) {
                Held held = Held.inherit(generation, reader.tree().u64("scope"), reader.tree().u64("data"));
                Memfd memfd = held.retrieve();
                String line = digest(memfd) + " " + memfd.size() + " " + memfd.position();
                held.finish();
                memfd.close();
                System.out.println(line + " " + generation.pages());
            }
        }

        private static Generation attach(Path file, ImageReader reader) throws IOException {
            MemoryState state = MemoryState.readFrom(reader, reader.tree().child(MemoryState.NODE).orElseThrow());
            HandoverMemory memory = HandoverMemory.attach(file.getParent(), state, MemoryOptions.defaults());
            memory.thaw();
            return new Generation(memory, MemoryOptions.defaults());
        }
    }
}
