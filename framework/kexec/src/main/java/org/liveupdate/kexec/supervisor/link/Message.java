package org.liveupdate.kexec.supervisor.link;

import java.io.IOException;
import java.util.Objects;

/**
 * One line on the control channel.
 *
 * @param verb
 *            what it says
 * @param argument
 *            the rest of the line, empty if there is none; line breaks become spaces
 */
public record Message(Verb verb, String argument) {
    /** Checks and cleans. */
    public Message {
        Objects.requireNonNull(verb, "verb");
        argument = argument.replace('\n', ' ').replace('\r', ' ');
    }

    /**
     * A message without argument.
     *
     * @param verb
     *            what it says
     * @return the message
     */
    public static Message of(Verb verb) {
        return new Message(verb, "");
    }

    /**
     * A message with arguments.
     *
     * @param verb
     *            what it says
     * @param arguments
     *            become words of one line
     * @return the message
     */
    public static Message of(Verb verb, Object... arguments) {
        StringBuilder words = new StringBuilder();
        for (Object argument : arguments) {
            words.append(words.length() == 0 ? "" : " ").append(argument);
        }
        return new Message(verb, words.toString());
    }

    /**
     * Reads a line.
     *
     * @param line
     *            without line end
     * @return the message
     * @throws IOException
     *             if it does not begin with a verb
     */
    static Message parse(String line) throws IOException {
        int space = line.indexOf(' ');
        String verb = space < 0 ? line : line.substring(0, space);
        try {
            return new Message(Verb.valueOf(verb), space < 0 ? "" : line.substring(space + 1));
        } catch (IllegalArgumentException e) {
            throw new IOException("the control channel carried a line that no version of it knows: " + line, e);
        }
    }

    /**
     * One of the words of the argument, as a number.
     *
     * @param index
     *            0 for the first word
     * @return the number, or -1 if there is none
     */
    public long number(int index) {
        String[] words = argument.split(" ");
        try {
            return index < words.length ? Long.parseLong(words[index]) : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** As it is sent, without line end. */
    @Override
    public String toString() {
        return argument.isEmpty() ? verb.name() : verb.name() + ' ' + argument;
    }
}
