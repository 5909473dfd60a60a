package org.liveupdate.itests.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Markdown page of the project, as its fenced blocks. */
final class Page {
    /** The root of the project: tests run in the folder of their module. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final String FENCE = "```";
    private static final String COMMENT_BEGIN = "<!-- ";
    private static final String COMMENT_END = " -->";

    private Page() {}

    /**
     * A fenced block.
     *
     * @param language
     *            what stands behind the fence
     * @param source
     *            the comment in the line before, or an empty string
     * @param lines
     *            what stands between the fences
     */
    record Block(String language, String source, List<String> lines) {
        @Override
        public String toString() {
            return language + " " + source + " " + lines.get(0);
        }
    }

    /** The blocks of a page, in order. */
    static List<Block> blocks(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> inside = null;
        String language = "";
        String before = "";
        String source = "";
        for (String line : Files.readAllLines(page)) {
            if (!line.startsWith(FENCE)) {
                if (inside != null) {
                    inside.add(line);
                }
            } else if (inside == null) {
                language = line.substring(FENCE.length());
                source = comment(before);
                inside = new ArrayList<>();
            } else {
                blocks.add(new Block(language, source, inside));
                inside = null;
            }
            before = line;
        }
        return blocks;
    }

    private static String comment(String line) {
        return line.startsWith(COMMENT_BEGIN) && line.endsWith(COMMENT_END)
                ? line.substring(COMMENT_BEGIN.length(), line.length() - COMMENT_END.length())
                : "";
    }
}
