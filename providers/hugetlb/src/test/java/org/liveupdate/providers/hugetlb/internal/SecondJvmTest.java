package org.liveupdate.providers.hugetlb.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
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
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.memory.ByteFile;

/** Stage 1 here, stage 2 in a JVM of its own: on ordinary pages, and on real ones where they can be had. */
@Timeout(60)
class SecondJvmTest {

    private static final int PAGES = 7;

    @TempDir
    Path directory;

    @TempDir
    Path mount;

    @Test
    void aSecondJvmReadsTheSameBytes() throws Exception {
        handOver(Map.of(), "no mount");
    }

    @Test
    void aSecondJvmReadsTheSameRealPages() throws Exception {
        try (RealHugePages real = RealHugePages.mount(mount)) {
            handOver(Map.of(Settings.MOUNT, mount.toString()), mount.toString());
            assertEquals(RealHugePages.PAGES, RealHugePages.freeAtLast(), real::toString);
        }
    }

    private void handOver(Map<String, String> properties, String where) throws Exception {
        Generation generation = Generation.first(directory, properties);
        HugeMemfd file = generation.create(PAGES);
        file.write(Bytes.some(PAGES * (int) Generation.MIB_2));
        file.position(4711);
        String expected = digest(file) + ' ' + file.size() + " 4711 " + file.backing() + " 0 0";
        Held held = Held.preserve(generation, file);
        held.freeze();
        Path image = write(generation, held);
        Process second = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Second.class.getName(),
                image.toString(), where).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(second.getInputStream().readAllBytes()).trim();
        second.waitFor(20, TimeUnit.SECONDS);
        assertEquals(expected, output);
        assertEquals(0, second.exitValue());
        generation.memory.fence();
        generation.memory.close();
    }

    private static Path write(Generation generation, Held held) throws IOException {
        generation.memory.freeze();
        ImageWriter image = new ImageWriter();
        FdtNode root = FdtNode.root().setU64("scope", held.scope.id()).setU64("data", held.data)
                .setU64("flb-scope", generation.flbs.scopeId()).setU64("flb-data", generation.flbs.outgoingData())
                .add(generation.memory.state().writeTo(image));
        ByteBuffer content = image.finish(root);
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return Files.write(generation.memory.file().resolveSibling("image"), bytes);
    }

    private static String digest(ByteFile file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        file.visit(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Stage 2: prints digest, size, position, backing, and how many pages the pool counts in the end. */
    public static final class Second {

        private Second() {}

        public static void main(String[] arguments) throws Exception {
            Path image = Path.of(arguments[0]);
            ImageReader reader = ImageReader.open(Files.readAllBytes(image), image);
            MemoryState state = MemoryState.readFrom(reader, reader.tree().child(MemoryState.NODE).orElseThrow());
            HandoverMemory memory = HandoverMemory.attach(image.getParent(), state, MemoryOptions.defaults());
            memory.thaw();
            Map<String, String> properties = Map.of(Settings.MOUNT, arguments[1]);
            try (Generation generation = new Generation(memory, properties)) {
                generation.flbs.inherit(reader.tree().u64("flb-scope"), reader.tree().u64("flb-data"), 1);
                Held held = Held.inherit(generation, reader.tree().u64("scope"), reader.tree().u64("data"));
                HugeMemfd file = held.retrieve();
                String line = digest(file) + ' ' + file.size() + ' ' + file.position() + ' ' + file.backing();
                held.finish();
                file.close();
                System.out.println(line + ' ' + generation.taken() + ' ' + generation.pages());
            }
        }
    }
}
