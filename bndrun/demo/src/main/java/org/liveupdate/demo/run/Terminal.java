package org.liveupdate.demo.run;

import java.io.Console;

/** Whether somebody sits in front of it. */
public final class Terminal {
    private Terminal() {}

    /** Whether standard input and output are a terminal. */
    public static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // Java 22 to 24 have a console without a terminal, too, and this method to tell them apart
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
