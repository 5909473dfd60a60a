package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Manifest;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.Format;

class FormatsTest {
    @Test
    void theFormatsOfAnImageAreThoseThatItsNodesSay() throws FdtException {
        FdtNode tree = FdtNode.root().setString("compatible", "luo-v1").add(FdtNode.named("of-a-newer-build"))
                .add(FdtNode.named("luo-flb").setString("compatible", "luo-flb-v1"));
        assertEquals(List.of("luo-v1", "luo-flb-v1"), Formats.of(tree));
    }

    @Test
    void theManifestSaysWhatTheCatalogueSays() throws Exception {
        String capabilities;
        try (InputStream stream = Files.newInputStream(Path.of("target/classes/META-INF/MANIFEST.MF"))) {
            capabilities = new Manifest(stream).getMainAttributes().getValue("Provide-Capability");
        }
        for (Format format : Formats.own()) {
            String versions = String.join(",", LongStream.rangeClosed(format.oldestRead(), format.newestRead())
                    .mapToObj(Long::toString).toList());
            String clause = "org.liveupdate.format;format=" + format.name() + ";reads:List<Long>=" + versions
                    + ";writes:Long=" + format.writes();
            assertTrue(capabilities.replace("\"", "").replace("'", "").contains(clause),
                    clause + " in " + capabilities);
        }
        assertEquals(Formats.own().size(), capabilities.split("org.liveupdate.format;", -1).length - 1);
    }

    @Test
    void theCompatibleStringsAreThoseOfTheLayouts() {
        assertEquals(List.of(LuoLayout.ROOT, LuoLayout.SESSION, LuoLayout.FLB, LuoLayout.OWN_FLB, LuoLayout.TIMELINE,
                ResumeLayout.COMPATIBLE, FreezeLayout.COMPATIBLE),
                Formats.own().stream().map(Format::compatible).toList());
    }

    @Test
    void whatIsNeededIsReadByThisBuild() {
        assertTrue(Formats.capabilities().containsAll(Formats.needed()));
        assertTrue(Formats.needed().contains("format liveupdate-kho-v2"));
        assertFalse(Formats.needed().contains("format liveupdate-resume-v1"), "no live update writes it");
        assertFalse(Formats.needed().contains("format liveupdate-freeze-v1"), "an older successor goes without");
    }
}
