package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liveupdate.itests.e2e.Page.Block;

/** The code on the tutorial's page is that of the files it names, which the build compiles and runs. */
class TutorialTest {
    private static final Path PROVIDERS = Page.ROOT.resolve("providers");

    static Stream<Block> code() throws IOException {
        return Page.blocks(PROVIDERS.resolve("README.md")).stream().filter(block -> block.language().equals("java"));
    }

    @ParameterizedTest
    @MethodSource("code")
    void theCodeStandsInItsFile(Block block) throws IOException {
        assertFalse(block.source().isEmpty(), "no comment before the block names its file");
        List<String> file = Files.readAllLines(PROVIDERS.resolve(block.source()));

        List<String> code = indented(block.lines(), indentation(file, block.lines().get(0)));

        assertTrue(Collections.indexOfSubList(file, code) >= 0,
                () -> "these lines do not stand in " + block.source() + ":\n"
                        + code.stream().collect(Collectors.joining("\n")));
    }

    /** The spaces before the line in the file; none if it is not there. */
    private static String indentation(List<String> file, String line) {
        return file.stream().filter(each -> each.strip().equals(line))
                .map(each -> " ".repeat(each.indexOf(line))).findFirst().orElse("");
    }

    private static List<String> indented(List<String> lines, String indentation) {
        return lines.stream().map(line -> line.isEmpty() ? line : indentation + line).toList();
    }
}
