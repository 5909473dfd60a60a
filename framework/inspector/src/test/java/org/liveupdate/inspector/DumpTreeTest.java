package org.liveupdate.inspector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtReader;
import org.liveupdate.kho.fdt.FdtWriter;

/** The device tree tools agree with the reader on the trees that the original left. */
class DumpTreeTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"v6-serialise_basic-1", "mainline-serialise_63-1"})
    void dtcFindsTheSameTree(String dump) throws Exception {
        byte[] blob = Samples.dump(dump + ".dtb");
        Path file = Files.write(directory.resolve("tree.dtb"), blob);
        Path source = directory.resolve("tree.dts");
        run("dtc", "-q", "-I", "dtb", "-O", "dts", "-o", source.toString(), file.toString());
        assertArrayEquals(canonical(blob), compiled(source));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6-serialise_basic-1", "mainline-serialise_63-1"})
    void theSourceNextToItIsItsSource(String dump) throws Exception {
        Path source = Files.write(directory.resolve("kept.dts"), Samples.dump(dump + ".dts"));
        assertArrayEquals(canonical(Samples.dump(dump + ".dtb")), compiled(source));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v6-serialise_basic-1", "mainline-serialise_63-1"})
    void fdtdumpShowsEveryNodeAndProperty(String dump) throws Exception {
        byte[] blob = Samples.dump(dump + ".dtb");
        String text = run("fdtdump", Files.write(directory.resolve("tree.dtb"), blob).toString());
        assertShown(FdtReader.read(blob), text);
    }

    private static void assertShown(FdtNode node, String text) {
        for (String property : node.propertyNames()) {
            assertTrue(text.contains(property + " = ") || text.contains(property + ";"), property);
        }
        for (FdtNode child : node.children()) {
            assertTrue(text.contains(child.name() + " {"), child.name());
            assertShown(child, text);
        }
    }

    private byte[] compiled(Path source) throws Exception {
        Path blob = directory.resolve("compiled.dtb");
        run("dtc", "-q", "-I", "dts", "-O", "dtb", "-o", blob.toString(), source.toString());
        return canonical(Files.readAllBytes(blob));
    }

    /** As this project writes the tree: tools lay strings and empty space out in other ways. */
    private static byte[] canonical(byte[] tree) throws IOException {
        return FdtWriter.write(FdtReader.read(tree));
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
