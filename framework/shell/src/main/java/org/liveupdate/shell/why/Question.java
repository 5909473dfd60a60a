package org.liveupdate.shell.why;

import java.util.List;
import java.util.stream.Stream;

/** One kind of thing that can be asked about. */
interface Question {
    /**
     * Explains whatever of this kind has a name.
     *
     * @return empty if nothing of this kind has it
     */
    List<Explanation> answer(String name, Situation situation);

    /** The names that have an answer and are worth being listed, for whoever asked for something else. */
    Stream<String> names(Situation situation);
}
