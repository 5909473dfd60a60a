package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.util.List;

/** One thing that the runnable jar can do: the word behind {@code java -jar liveupdate.jar}. */
interface Command {
    /** The word; empty for what is done without one. */
    String name();

    /** Its options and operands, as in a manual. */
    String synopsis();

    /** What it does, in lines for the help text. */
    List<String> explanation();

    /**
     * Does it.
     *
     * @param words
     *            what follows the name
     * @return exit status
     * @throws UsageException
     *             if the words are wrong: status 2
     * @throws Failure
     *             if it cannot be done: status 1
     * @throws IOException
     *             as {@link Failure}
     */
    int run(List<String> words) throws UsageException, Failure, IOException, InterruptedException;
}
