package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The image that the real runtime commits, as the real device tree tools see it. */
@Timeout(120)
class DeviceTreeE2eIT {
    private static final Pattern NODE = Pattern.compile("\\s*(\\S+) \\{");
    private static final int FLB_NAME_BYTES = 48;

    @TempDir
    Path place;

    @Test
    void theCommittedImageIsTheTreeOfTheOriginal() throws Exception {
        Assumptions.assumeTrue(Shell.tryRun("dtc", "--version").isPresent(),
                "dtc is not installed (Debian: device-tree-compiler)");
        Liveupdate liveupdate = new Liveupdate(place).shortLived();
        Path image = LeftImage.leave(liveupdate, liveupdate.input("one", 100_000), liveupdate.input("two", 0));

        for (List<String> tool : List.of(List.of("dtc", "-q", "-I", "dtb", "-O", "dts", image.toString()),
                List.of("fdtdump", image.toString()))) {
            Optional<String> source = Shell.tryRun(tool.toArray(String[]::new));
            assertTrue(source.isPresent(), () -> tool + " cannot read it");
            check(source.get().lines().toList(), Files.readAllBytes(image));
        }
    }

    private static void check(List<String> source, byte[] image) {
        assertEquals("\"luo-v1\"", property(source, "/", "compatible"));
        assertEquals(1, number(property(source, "/", "liveupdate-number")));
        assertEquals("\"luo-flb-v1\"", property(source, "luo-flb", "compatible"));
        assertEquals("\"liveupdate-session-v1\"", property(source, "luo-session", "compatible"));
        assertTrue(number(property(source, "luo-session", "luo-session-header")) > 0);

        ByteBuffer page = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN)
                .position((int) number(property(source, "luo-flb", "luo-flb-header")));
        assertEquals(1, page.getLong(), "pages");
        assertEquals(1, page.getLong(), "entries");
        byte[] name = new byte[FLB_NAME_BYTES];
        page.get(name);
        assertEquals("hugetlb-v1", new String(name, StandardCharsets.UTF_8).trim());
        assertTrue(page.getLong() > 0, "data");
        assertEquals(2, page.getLong(), "files");
    }

    /** What is behind the equals sign, of a property of a node that has no such child before it. */
    private static String property(List<String> source, String node, String name) {
        String current = "";
        for (String line : source) {
            Matcher begin = NODE.matcher(line);
            if (begin.matches()) {
                current = begin.group(1);
            }
            if (current.equals(node) && line.strip().startsWith(name + " = ")) {
                return line.substring(line.indexOf('=') + 1, line.lastIndexOf(';')).strip();
            }
        }
        throw new AssertionError("no property " + name + " of node " + node + " in:\n" + String.join("\n", source));
    }

    /** Two big-endian cells that are the eight bytes of one little-endian number. */
    private static long number(String cells) {
        String[] words = cells.substring(1, cells.length() - 1).split(" ");
        assertEquals(2, words.length, cells);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
        for (String word : words) {
            bytes.putInt((int) Long.decode(word).longValue());
        }
        return Long.reverseBytes(bytes.getLong(0));
    }
}
