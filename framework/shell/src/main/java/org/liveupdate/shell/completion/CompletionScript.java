package org.liveupdate.shell.completion;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;

/**
 * Calls of Gogo's {@code complete} that tell it of commands: their options and texts as their annotations say them, and
 * for the other words a call of {@code candidates}.
 */
final class CompletionScript {
    private static final String SCOPE = "liveupdate:";
    private static final String CANDIDATES =
            SCOPE + "candidates (${.commandLine} words) (${.commandLine} wordIndex)";

    private CompletionScript() {}

    /**
     * For all commands of these classes.
     *
     * @param commands
     *            whose public methods with a {@link Descriptor} are commands
     * @return the words of each call, without its name
     */
    static List<List<String>> of(Class<?>... commands) {
        List<List<String>> calls = new ArrayList<>();
        Map<String, Map<String, String>> options = new TreeMap<>();
        Arrays.stream(commands).flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> method.isAnnotationPresent(Descriptor.class))
                .forEach(method -> options.computeIfAbsent(method.getName(), name -> new TreeMap<>())
                        .putAll(options(method)));
        options.forEach((name, all) -> {
            all.forEach((flags, text) -> {
                List<String> call = new ArrayList<>(List.of("-c", SCOPE + name, "--description", text));
                call.addAll(List.of(flags.split(" ")));
                calls.add(call);
            });
            calls.add(List.of("-c", SCOPE + name, "-a", CANDIDATES));
        });
        return calls;
    }

    /** Flags as {@code complete} takes them, each with its text. */
    private static Map<String, String> options(Method command) {
        Map<String, String> options = new TreeMap<>();
        for (java.lang.reflect.Parameter parameter : command.getParameters()) {
            Parameter option = parameter.getAnnotation(Parameter.class);
            if (option != null) {
                options.put(flags(option.names()), parameter.getAnnotation(Descriptor.class).value());
            }
        }
        return options;
    }

    private static String flags(String... names) {
        return Arrays.stream(names).sorted(Comparator.comparing(String::length))
                .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                .collect(Collectors.joining(" "));
    }
}
