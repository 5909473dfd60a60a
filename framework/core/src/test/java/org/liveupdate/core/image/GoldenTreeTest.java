package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtReader;
import org.liveupdate.kho.fdt.FdtWriter;

/** The device tree compiler agrees with the reader on the tree of every golden image. */
class GoldenTreeTest {
    @TempDir
    Path directory;

    static Stream<Path> images() throws IOException {
        return Files.list(Path.of("src/test/resources/golden")).filter(file -> file.toString().endsWith(".image"));
    }

    @ParameterizedTest
    @MethodSource("images")
    void dtcFindsTheSameTree(Path image) throws Exception {
        Path source = directory.resolve("tree.dts");
        Path again = directory.resolve("tree.dtb");
        run("dtc", "-q", "-I", "dtb", "-O", "dts", "-o", source.toString(), image.toString());
        run("dtc", "-q", "-I", "dts", "-O", "dtb", "-o", again.toString(), source.toString());
        assertArrayEquals(canonical(image), canonical(again));
    }

    @ParameterizedTest
    @MethodSource("images")
    void fdtdumpShowsEveryNodeAndProperty(Path image) throws Exception {
        String dump = run("fdtdump", image.toString());
        FdtNode root = FdtReader.read(Files.readAllBytes(image));
        for (String property : root.propertyNames()) {
            assertTrue(dump.contains(property + " = "), property);
        }
        for (FdtNode node : root.children()) {
            assertTrue(dump.contains(node.name() + " {"), node.name());
            for (String property : node.propertyNames()) {
                assertTrue(dump.contains(property + " = "), property);
            }
        }
    }

    private static byte[] canonical(Path tree) throws IOException {
        return FdtWriter.write(FdtReader.read(Files.readAllBytes(tree)));
    }

    private static String run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            Assumptions.abort(command[0] + " is not installed (Debian: device-tree-compiler)");
            return null;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);
        return output;
    }
}
