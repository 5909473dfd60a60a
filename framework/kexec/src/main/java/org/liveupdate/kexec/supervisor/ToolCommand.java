package org.liveupdate.kexec.supervisor;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;

/** A command that another part of the jar brings along: a tool, which says itself what it takes. */
final class ToolCommand implements Command {
    private final ToolProvider tool;
    private final PrintStream out;
    private final PrintStream err;

    ToolCommand(ToolProvider tool, PrintStream out, PrintStream err) {
        this.tool = tool;
        this.out = out;
        this.err = err;
    }

    /** The tools on the class path, without those of the JDK, which are in modules. */
    static List<Command> onClassPath(PrintStream out, PrintStream err) {
        return ServiceLoader.load(ToolProvider.class, ToolCommand.class.getClassLoader()).stream()
                .filter(provider -> !provider.type().getModule().isNamed())
                .<Command>map(provider -> new ToolCommand(provider.get(), out, err)).toList();
    }

    @Override
    public String name() {
        return tool.name();
    }

    @Override
    public String synopsis() {
        return "ARGUMENT...";
    }

    @Override
    public List<String> explanation() {
        StringWriter help = new StringWriter();
        PrintWriter writer = new PrintWriter(help);
        tool.run(writer, writer, "--help");
        writer.flush();
        return help.toString().lines().toList();
    }

    @Override
    public int run(List<String> words) {
        return tool.run(out, err, words.toArray(String[]::new));
    }
}
