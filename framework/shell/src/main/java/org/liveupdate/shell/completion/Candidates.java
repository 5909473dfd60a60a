package org.liveupdate.shell.completion;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/** The words that can stand at a place of a command line. Stateless. */
final class Candidates {
    /** What the words behind a command name, options aside; a command that is missing takes none that there are. */
    private static final Map<String, List<Argument>> ARGUMENTS = Map.ofEntries(
            Map.entry("files", List.of(Argument.SESSION)),
            Map.entry("why", List.of(Argument.EXPLAINED)),
            Map.entry("plan", List.of(Argument.PLANNED)),
            Map.entry("unload", List.of(Argument.BUNDLE)),
            Map.entry("swap", List.of(Argument.BUNDLE)),
            Map.entry("preserve", List.of(Argument.OUTGOING)),
            Map.entry("retrieve", List.of(Argument.INCOMING, Argument.TOKEN)),
            Map.entry("save", List.of(Argument.INCOMING, Argument.TOKEN)),
            Map.entry("finish", List.of(Argument.INCOMING)),
            Map.entry("close", List.of(Argument.SESSION)),
            Map.entry("discard", List.of(Argument.DISCARDED, Argument.TOKEN)));

    private Candidates() {}

    /**
     * What can stand there.
     *
     * @param words
     *            of the line, the command first, with or without scope
     * @param index
     *            of the word that is sought
     * @param bundles
     *            symbolic names of the installed bundles
     * @return sorted; empty if nothing is known about that place
     */
    static List<String> at(List<String> words, int index, RuntimeDTO core, Stream<String> bundles) {
        String command = words.get(0).substring(words.get(0).indexOf(':') + 1);
        List<String> before = words.subList(1, index).stream().filter(word -> !word.startsWith("-")).toList();
        List<Argument> arguments = ARGUMENTS.getOrDefault(command, List.of());
        return before.size() < arguments.size()
                ? arguments.get(before.size())
                        .names(core, bundles, before.isEmpty() ? "" : before.get(before.size() - 1)).distinct().sorted()
                        .toList()
                : List.of();
    }
}
