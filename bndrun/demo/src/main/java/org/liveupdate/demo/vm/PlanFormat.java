package org.liveupdate.demo.vm;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.FlbCount;
import org.liveupdate.demo.run.PastUpdate;
import org.liveupdate.providers.api.memory.ByteFile;

/** A {@link Plan} in a file in memory, as properties; a list has the keys {@code NAME.0}, {@code NAME.1} and so on. */
final class PlanFormat {
    private static final String VERSION = "1";
    /** Always the same, so that it does not hide what else grows. */
    private static final int BYTES = 1 << 20;

    private PlanFormat() {}

    /** Replaces what the file has. */
    static void write(ByteFile file, Plan plan) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("version", VERSION);
        properties.setProperty("left", Integer.toString(plan.left()));
        properties.setProperty("pid", Long.toString(plan.pid()));
        properties.setProperty("seed", Long.toString(plan.seed()));
        put(properties, "written", plan.written(), number -> Long.toString(number));
        put(properties, "flb", plan.flbs(), flb -> flb.preserved() + " " + flb.compatible());
        put(properties, "past", plan.past(), PastUpdate::line);
        put(properties, "footprint", plan.footprints(), Footprint::line);
        StringWriter text = new StringWriter();
        properties.store(text, null);
        byte[] words = text.toString().getBytes(StandardCharsets.UTF_8);
        if (words.length > BYTES) {
            throw new IOException("the guest's plan would take " + words.length + " bytes; make fewer live updates");
        }
        byte[] padded = Arrays.copyOf(words, BYTES);
        Arrays.fill(padded, words.length, BYTES, (byte) '\n');
        ByteBuffer bytes = ByteBuffer.wrap(padded);
        for (long position = 0; bytes.hasRemaining();) {
            position += file.write(position, bytes);
        }
    }

    private static <T> void put(Properties properties, String name, List<T> values, Function<T, String> text) {
        for (int index = 0; index < values.size(); index++) {
            properties.setProperty(name + "." + index, text.apply(values.get(index)));
        }
    }

    /**
     * Reads all of it.
     *
     * @throws Failure
     *             if it is not what {@link #write} writes
     */
    static Plan read(ByteFile file) throws Failure, IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining() && file.read(bytes.position(), bytes) > 0) {
            // until all is there
        }
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(bytes.array(), StandardCharsets.UTF_8)));
            if (!VERSION.equals(properties.getProperty("version"))) {
                throw new IllegalArgumentException("version " + properties.getProperty("version"));
            }
            return new Plan(Integer.parseInt(properties.getProperty("left")), number(properties, "pid"),
                    number(properties, "seed"), list(properties, "written", Long::parseLong),
                    list(properties, "flb", PlanFormat::flb), list(properties, "past", PastUpdate::parse),
                    list(properties, "footprint", Footprint::parse));
        } catch (IllegalArgumentException e) {
            throw new Failure("the guest's plan that was handed over makes no sense: " + e.getMessage());
        }
    }

    private static long number(Properties properties, String name) {
        return Long.parseLong(properties.getProperty(name));
    }

    private static FlbCount flb(String line) {
        int blank = line.indexOf(' ');
        return new FlbCount(line.substring(blank + 1), Long.parseLong(line.substring(0, Math.max(0, blank))));
    }

    private static <T> List<T> list(Properties properties, String name, Function<String, T> parse) {
        List<T> values = new ArrayList<>();
        for (String text; (text = properties.getProperty(name + "." + values.size())) != null;) {
            values.add(parse.apply(text));
        }
        return values;
    }
}
