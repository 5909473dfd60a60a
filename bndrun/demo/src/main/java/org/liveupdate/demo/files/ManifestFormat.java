package org.liveupdate.demo.files;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.demo.files.Manifest.Entry;
import org.liveupdate.demo.files.Manifest.HugeSize;
import org.liveupdate.demo.run.Ascii;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.FlbCount;
import org.liveupdate.demo.run.PastUpdate;
import org.liveupdate.demo.run.Word;

/**
 * A {@link Manifest} as text, version {@value #VERSION}: lines of ASCII that end with a line feed, words with one blank
 * between them. Sizes are in bytes, times in microseconds, numbers decimal. Texts are {@link Word}s.
 *
 * <pre>
 * liveupdate-demo-manifest 1
 * left UPDATES
 * pid PROCESS
 * file TOKEN LENGTH SHA256 HUGE-BYTES HUGE-PAGE-SIZE NAME                               one for each file
 * flb PRESERVED COMPATIBLE                                                              one for each FLB
 * past OLD-PID NEW-PID PREPARE FREEZE HANDOVER BLACKOUT TOTAL CARRIED COPIED CLOCK      one for each update
 * end
 * </pre>
 */
final class ManifestFormat {
    private static final int VERSION = 1;
    private static final String FIRST_LINE = "liveupdate-demo-manifest " + VERSION;
    private static final String LAST_LINE = "end";

    private ManifestFormat() {}

    static byte[] write(Manifest manifest) {
        List<String> lines = new ArrayList<>();
        lines.add(FIRST_LINE);
        lines.add("left " + manifest.left());
        lines.add("pid " + manifest.pid());
        for (Entry file : manifest.files()) {
            lines.add(line("file", file.token(), file.length(), file.sha256(), file.huge().bytes(),
                    file.huge().pageSize(), Word.of(file.name())));
        }
        for (FlbCount flb : manifest.flbs()) {
            lines.add(line("flb", flb.preserved(), Word.of(flb.compatible())));
        }
        for (PastUpdate past : manifest.past()) {
            lines.add("past " + past.line());
        }
        lines.add(LAST_LINE);
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String line(Object... words) {
        List<String> texts = new ArrayList<>();
        for (Object word : words) {
            texts.add(word.toString());
        }
        return String.join(" ", texts);
    }

    /**
     * Reads.
     *
     * @throws Failure
     *             if it is not what {@link #write} writes
     */
    static Manifest read(byte[] text) throws Failure {
        String[] lines = new String(text, StandardCharsets.US_ASCII).split("\n", -1);
        if (!lines[0].equals(FIRST_LINE)) {
            throw new Failure("the manifest that was handed over begins with \"" + Ascii.cut(lines[0], 40)
                    + "\" instead of \"" + FIRST_LINE + "\"");
        }
        if (lines.length < 3 || !lines[lines.length - 2].equals(LAST_LINE)) {
            throw new Failure("the manifest that was handed over has no end after " + lines.length + " lines");
        }
        Lines content = new Lines();
        for (int number = 1; number < lines.length - 2; number++) {
            try {
                content.add(lines[number].split(" ", -1));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new Failure("line " + (number + 1) + " of the manifest that was handed over makes no sense: \""
                        + Ascii.cut(lines[number], 60) + "\"");
            }
        }
        return content.manifest();
    }

    /** What the lines read so far say. */
    private static final class Lines {
        private final List<Entry> files = new ArrayList<>();
        private final List<FlbCount> flbs = new ArrayList<>();
        private final List<PastUpdate> past = new ArrayList<>();
        private int left;
        private long pid;

        void add(String[] words) {
            switch (words[0]) {
                case "left" -> left = Integer.parseInt(words[1]);
                case "pid" -> pid = number(words, 1);
                case "file" -> files.add(new Entry(number(words, 1), Word.text(words[6]), number(words, 2), words[3],
                        new HugeSize(number(words, 4), number(words, 5))));
                case "flb" -> flbs.add(new FlbCount(Word.text(words[2]), number(words, 1)));
                case "past" -> past.add(PastUpdate.parse(String.join(" ", words).substring("past ".length())));
                default -> throw new IllegalArgumentException(words[0]);
            }
        }

        private static long number(String[] words, int index) {
            return Long.parseLong(words[index]);
        }

        Manifest manifest() {
            return new Manifest(left, pid, files, flbs, past);
        }
    }
}
