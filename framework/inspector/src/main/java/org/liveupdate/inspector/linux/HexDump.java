package org.liveupdate.inspector.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text form of a dump.
 *
 * <pre>
 *   # a comment
 *   page 10000000 len 4096  &lt;- root            address in hexadecimal; how many bytes follow; which page is the root
 *   10000000  d0 0d fe ed 00 ... 00  ..........   up to 16 bytes; the column behind them is for people
 * </pre>
 *
 * Bytes of a page that are not there are zeros. If no page is marked as the root, it is the first.
 */
public final class HexDump {
    private static final Pattern PAGE =
            Pattern.compile("page ([0-9a-f]{1,16}) len ([0-9]{1,4})(  <- root)?");
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{1,16})  ((?:[0-9a-f]{2} ?){1,16})(?: .*)?");
    private static final int LONGEST_HEAD = 4096;

    private final Path path;
    private final PhysicalMemory memory = new PhysicalMemory(0);
    private int lineNumber;
    private boolean rooted;
    private long address;
    private byte[] page;

    private HexDump(Path path) {
        this.path = path;
    }

    /** Whether the first line that is not empty and no comment names a page. */
    public static boolean isDump(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        return head.lines().filter(line -> !isComment(line)).findFirst().filter(line -> line.startsWith("page "))
                .isPresent();
    }

    /**
     * Reads a dump.
     *
     * @throws IOException
     *             if a line is none of those above, naming it
     */
    public static PhysicalMemory parse(byte[] bytes, Path path) throws IOException {
        HexDump dump = new HexDump(path);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        for (String line : (Iterable<String>) text.lines()::iterator) {
            dump.lineNumber++;
            if (!isComment(line)) {
                dump.line(line);
            }
        }
        dump.endPage();
        return dump.memory;
    }

    private static boolean isComment(String line) {
        return line.isEmpty() || line.startsWith("#");
    }

    private void line(String line) throws IOException {
        Matcher matcher = PAGE.matcher(line);
        if (matcher.matches()) {
            endPage();
            address = Long.parseUnsignedLong(matcher.group(1), 16);
            require(address % PhysicalMemory.PAGE_BYTES == 0, "a page's address is a multiple of 4096");
            page = new byte[PhysicalMemory.PAGE_BYTES];
            boolean marked = matcher.group(3) != null;
            require(!marked || !rooted, "a dump has one root");
            rooted |= marked;
            if (marked || memory.isEmpty()) {
                memory.setRoot(address);
            }
            return;
        }
        matcher = LINE.matcher(line);
        require(matcher.matches() && page != null,
                "expected \"page ADDRESS len BYTES\", or \"ADDRESS  BYTES\" behind one");
        byte[] bytes = HexFormat.of().parseHex(matcher.group(2).replace(" ", ""));
        long offset = Long.parseUnsignedLong(matcher.group(1), 16) - address;
        require(offset >= 0 && offset <= PhysicalMemory.PAGE_BYTES - bytes.length, "these bytes are not in the page");
        System.arraycopy(bytes, 0, page, (int) offset, bytes.length);
    }

    private void endPage() {
        if (page != null) {
            memory.put(address, page);
        }
    }

    private void require(boolean condition, String sentence) throws IOException {
        if (!condition) {
            throw new FileSystemException(path.toString(), null, "line " + lineNumber + " of the dump: " + sentence);
        }
    }
}
