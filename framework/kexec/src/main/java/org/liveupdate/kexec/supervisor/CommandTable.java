package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** All commands, and what they have in common: help, version, and how a failure is told. */
final class CommandTable {
    private static final int FAILURE = 1;
    private static final int USAGE = 2;

    private final List<Command> own;
    private final Supplier<List<Command>> others;
    private final PrintStream out;
    private final PrintStream err;

    /**
     * A table.
     *
     * @param own
     *            in the order of the help text; one of them has an empty name
     * @param others
     *            looked for when they are needed: for a name that none of our own has, and for the help text
     */
    CommandTable(List<Command> own, Supplier<List<Command>> others, PrintStream out, PrintStream err) {
        this.own = own;
        this.others = others;
        this.out = out;
        this.err = err;
    }

    /** Carries out a command line; returns the exit status. */
    int run(List<String> words) throws InterruptedException {
        List<String> options = words.contains("--") ? words.subList(0, words.indexOf("--")) : words;
        if (options.contains("--help") || options.contains("-h")) {
            out.print(usage());
            return 0;
        }
        if (words.equals(List.of("--version"))) {
            out.println("liveupdate " + Version.ofThisJar() + ", Java " + Runtime.version());
            return 0;
        }
        try {
            boolean named = !words.isEmpty() && !words.get(0).startsWith("-");
            Command command = find(named ? words.get(0) : "");
            return command.run(named ? words.subList(1, words.size()) : words);
        } catch (UsageException e) {
            err.println("liveupdate: " + e.getMessage());
            err.print(usage());
            return USAGE;
        } catch (Failure e) {
            err.println("liveupdate: " + e.getMessage());
            return FAILURE;
        } catch (IOException e) {
            err.println("liveupdate: " + Failure.sentence(e));
            return FAILURE;
        }
    }

    private Command find(String name) throws UsageException {
        return Stream.concat(own.stream(), Stream.of(others).flatMap(more -> more.get().stream()))
                .filter(command -> command.name().equals(name)).findFirst()
                .orElseThrow(() -> new UsageException("there is no command " + name));
    }

    private String usage() {
        List<Command> commands = Stream.concat(own.stream(), others.get().stream()).toList();
        StringBuilder text = new StringBuilder();
        for (Command command : commands) {
            text.append(text.length() == 0 ? "usage: " : "       ").append("java -jar liveupdate.jar ")
                    .append((command.name() + " " + command.synopsis()).strip()).append('\n');
        }
        text.append("       java -jar liveupdate.jar --help | --version\n");
        for (Command command : commands) {
            text.append('\n');
            command.explanation().forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }
}
