package org.liveupdate.providers.memfd.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
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
        Path file = Image.write(generation, held);

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
            Image image = Image.read(Path.of(arguments[0]));
            try (Generation generation = image.attach()) {
                Held held = image.inherit(Held.HANDLER, generation);
                Memfd memfd = held.retrieve();
                String line = digest(memfd) + " " + memfd.size() + " " + memfd.position();
                held.finish();
                memfd.close();
                System.out.println(line + " " + generation.pages());
            }
        }
    }
}
