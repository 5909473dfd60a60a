package org.liveupdate.kexec.supervisor.link;

/** System properties that a generation is started with. */
public final class Keys {
    /** The handover directory, absolute. */
    public static final String DIRECTORY = "liveupdate.directory";
    /** {@link #FIRST} or {@link #SUCCESSOR}. */
    public static final String ROLE = "liveupdate.role";
    /** Number of the generation, 1 for the first that a supervisor starts. */
    public static final String GENERATION = "liveupdate.generation";
    /** Path of the supervisor's control socket; without it there is no supervisor. */
    public static final String SUPERVISOR = "liveupdate.supervisor";
    /**
     * Path of the control socket of the generation that started this one itself, because it has no supervisor: only for
     * this update.
     */
    public static final String PREDECESSOR = "liveupdate.predecessor";
    /** The command that starts a successor where there is no supervisor, for {@code /bin/sh}; none by default. */
    public static final String SUCCESSOR_COMMAND = "liveupdate.successor.command";
    /** {@code true}: the image that was left in the handover directory is to be loaded. Only for the first generation. */
    public static final String RESUME = "liveupdate.resume";
    /** Filter of the service that a launcher registers when it has started all bundles; without it, see readiness. */
    public static final String READY_FILTER = "liveupdate.ready.filter";
    /** Arguments of the {@code gosh} that reads the terminal once this generation is alone; without it none does. */
    public static final String PROMPT = "liveupdate.prompt";
    /** Directory of bundles that each generation installs and starts, absolute; none by default. */
    public static final String BUNDLES = "liveupdate.bundles";
    /** What the user asked for: {@code runtime}, {@code demo}, {@code vm}. */
    public static final String COMMAND = "liveupdate.command";
    /** How many live updates the demo makes. */
    public static final String DEMO_GENERATIONS = "liveupdate.demo.generations";
    /** How many files the demo preserves: {@value #DEMO_FILE}{@code 0} to count minus one. */
    public static final String DEMO_FILE_COUNT = "liveupdate.demo.file.count";
    /** Followed by a number from 0 on: the absolute path of a file, as it is, in no encoding. */
    public static final String DEMO_FILE = "liveupdate.demo.file.";
    /** Where the PCI devices of the guest's machine are listed. */
    public static final String PCI_SYSFS = "liveupdate.pci.sysfs";
    /** The machine that the guest runs on: its directory. */
    public static final String MACHINE = "liveupdate.iommu.machine";
    /** Arguments of the shell that Gogo starts by itself: always {@link #NO_INTERACTIVE}. */
    public static final String GOSH_ARGS = "gosh.args";

    /** Role of a generation that is in charge from the start. */
    public static final String FIRST = "first";
    /** Role of a generation that waits for an image. */
    public static final String SUCCESSOR = "successor";
    /** Argument of {@link Verb#WELCOME} for the generation in charge. */
    public static final String CHARGE = "charge";
    /** Argument of {@link Verb#WELCOME} for a successor. */
    public static final String WAIT = "wait";
    /** Does not read the terminal. */
    public static final String NO_INTERACTIVE = "--nointeractive";

    private Keys() {}
}
