package org.liveupdate.kho.fdt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.image.BlockChainWriter;
import org.liveupdate.kho.image.ImageWriter;

/** The real tools read what is written here, and the other way round. */
class DeviceTreeCompilerTest {

    private static final FdtNode TREE = FdtNode.root().setString("compatible", "luo-v1").setU64("liveupdate-number", 1)
            .add(FdtNode.named("luo-flb").setString("compatible", "luo-flb-v1").setU64("luo-flb-header", 0x2000)
                    .setU32("cell", 5).setStrings("list", List.of("one", "two")))
            .add(FdtNode.named("luo-session").set("odd", new byte[]{1, 2, 3}).add(FdtNode.named("a@1")));

    @TempDir
    Path directory;

    @Test
    void dtcReadsATreeAndWritesTheSameOne() throws Exception {
        Path blob = Files.write(directory.resolve("tree.dtb"), FdtWriter.write(TREE));
        Path source = directory.resolve("tree.dts");
        run("dtc", "-q", "-I", "dtb", "-O", "dts", "-o", source.toString(), blob.toString());
        assertTrue(Files.readString(source).contains("luo-flb-header = "), Files.readString(source));
        Path again = directory.resolve("again.dtb");
        run("dtc", "-q", "-I", "dts", "-O", "dtb", "-o", again.toString(), source.toString());
        FdtRoundTripTest.assertSame(TREE, FdtReader.read(Files.readAllBytes(again)));
    }

    @Test
    void treesThatDtcCompiledAreRead() throws Exception {
        String source = """
                /dts-v1/;
                /memreserve/ 0x10000 0x4000;
                / {
                    compatible = "luo-v1", "second";
                    number = [08 07 06 05 04 03 02 01];
                    cell = <0x11223344>;
                    flag;
                    node@1 { reg = <1>; child { text = "x"; }; };
                    node@2 { };
                };
                """;
        for (String version : List.of("16", "17")) {
            Path file = Files.writeString(directory.resolve("source.dts"), source);
            Path blob = directory.resolve("compiled.dtb");
            run("dtc", "-q", "-V", version, "-I", "dts", "-O", "dtb", "-o", blob.toString(), file.toString());
            FdtNode read = FdtReader.read(Files.readAllBytes(blob));
            assertEquals(List.of("luo-v1", "second"), read.strings("compatible"));
            assertEquals(0x0102030405060708L, read.u64("number"));
            assertEquals(0x11223344, read.u32("cell"));
            assertArrayEquals(new byte[0], read.bytes("flag"));
            assertEquals(2, read.children().size());
            assertEquals("x", read.child("node@1").orElseThrow().child("child").orElseThrow().string("text"));
        }
    }

    @Test
    void aWholeImageIsReadAsItIs() throws Exception {
        ImageWriter image = new ImageWriter();
        BlockChainWriter chain = new BlockChainWriter(image, 64);
        chain.append().putLong(0, -1);
        Path file = Files.write(directory.resolve("image-1.committed"), image.finish(TREE).array());
        assertTrue(run("fdtdump", file.toString()).contains("luo-session {"));
        assertTrue(run("dtc", "-q", "-I", "dtb", "-O", "dts", file.toString()).contains("luo-session {"));
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
