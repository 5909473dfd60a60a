package org.liveupdate.demo.run;

/** A story in two acts: what the first generation does, and what each successor does. */
public interface Scenario {
    /** The word of the command line that asks for it. */
    String command();

    /** The generation that begins. */
    Generation first(Settings settings, Services services, Report report);

    /** A generation that goes on with what was handed over. */
    Generation successor(Settings settings, Services services, Report report);
}
