package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.kexec.supervisor.link.Keys;

/** Starts generations as child JVMs, which share this JVM's terminal. */
final class GenerationLauncher {
    private final List<String> java;
    private final List<String> main;
    private final Map<String, String> properties;
    private final RunDirectory run;

    /**
     * Prepares.
     *
     * @param java
     *            command line up to the class path
     * @param main
     *            what a generation runs: main class and arguments
     * @param properties
     *            system properties of every generation
     */
    GenerationLauncher(List<String> java, List<String> main, Map<String, String> properties, RunDirectory run) {
        this.java = java;
        this.main = main;
        this.properties = properties;
        this.run = run;
    }

    /**
     * Starts one.
     *
     * @param resume
     *            whether the first generation loads the image that was left
     */
    Generation start(int number, boolean resume) throws IOException {
        Path place = run.generation(number);
        ProcessBuilder builder = new ProcessBuilder(command(number, resume, place)).inheritIO();
        builder.environment().keySet().removeAll(JavaCommand.OPTION_VARIABLES);
        return new Generation(number, builder.start(), place);
    }

    private List<String> command(int number, boolean resume, Path place) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        // a replaced generation runs no shutdown code, so its temporary files have to be where they are found
        all.put("java.io.tmpdir", Files.createDirectories(place.resolve("tmp")).toString());
        all.put("launch.storage.dir", place.resolve("framework").toString());
        all.putAll(properties);
        all.put(Keys.SUPERVISOR, run.socket().toString());
        all.put(Keys.GENERATION, Integer.toString(number));
        all.put(Keys.ROLE, number == 1 ? Keys.FIRST : Keys.SUCCESSOR);
        all.put(Keys.RESUME, Boolean.toString(number == 1 && resume));
        // the bundle brings up the prompt when the generation is alone: two readers would share lines at random
        all.put(Keys.GOSH_ARGS, Keys.NO_INTERACTIVE);
        List<String> command = new ArrayList<>(java);
        all.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(main);
        return command;
    }
}
