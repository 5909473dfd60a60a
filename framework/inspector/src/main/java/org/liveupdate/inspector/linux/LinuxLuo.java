package org.liveupdate.inspector.linux;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.inspector.Fault;
import org.liveupdate.inspector.ImageReport;
import org.liveupdate.inspector.ImageReport.Kind;
import org.liveupdate.inspector.ImageReport.Layout;

/** Reads what the original preserved, each part as far as it goes. */
public final class LinuxLuo {
    private static final List<String> NEVER_KNOWN = List.of(
            "which FLBs a file holds, and who preserved what: the original does not write it",
            "whether the contents are what was written: the original has no checksums",
            "what data means: it belongs to the handler or FLB, normally the address of a page");

    private final PhysicalMemory memory;
    private final List<Layout> layouts = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<FlbEntry> flbs = new ArrayList<>();
    private final List<SessionEntry> sessions = new ArrayList<>();
    private long number;

    private LinuxLuo(PhysicalMemory memory) {
        this.memory = memory;
    }

    /**
     * What a dump says.
     *
     * @param path
     *            what it is called
     * @param bytes
     *            length of the file
     * @param memory
     *            what is in it
     */
    public static ImageReport read(Path path, long bytes, PhysicalMemory memory) {
        LinuxLuo luo = new LinuxLuo(memory);
        luo.part(luo::root);
        luo.unknown.addAll(NEVER_KNOWN);
        return new ImageReport(Kind.LINUX, path, bytes, "", Optional.empty(), luo.layouts,
                new ImageModel(luo.number, luo.flbs, luo.sessions), Optional.empty(), Optional.empty(), luo.faults,
                luo.unknown);
    }

    /** One of the parts that need nothing of each other. */
    interface Part {
        void read() throws LinuxFault;
    }

    void part(Part part) {
        try {
            part.read();
        } catch (LinuxFault e) {
            faults.add(e.fault());
        }
    }

    private void root() throws LinuxFault {
        ByteBuffer start = memory.read(memory.root(), Integer.BYTES, "the root, a device tree or luo_ser");
        if (TreeRoot.isTree(start)) {
            new TreeRoot(memory, this).read();
        } else {
            new PlainRoot(memory, this).read();
        }
    }

    void number(long found) {
        number = found;
    }

    void layout(String node, String compatible, boolean known) {
        layouts.add(new Layout(node, compatible, known));
        if (!known) {
            unknown.add("what " + node + " means: its version string is not one of those that this build knows");
        }
    }

    void unknown(String sentence) {
        unknown.add(sentence);
    }

    void flbs(long page) {
        part(() -> Entries.flbs(memory, page, flbs));
    }

    void sessionBlocks(long head) {
        part(() -> new SessionBlocks(memory, sessions).read(head));
    }

    /** Reads the array in the first layout that fits, or else in the first. */
    void sessionArray(long header, List<LinuxLayouts.Sessions> candidates) {
        LinuxFault first = null;
        List<SessionEntry> firstRead = List.of();
        for (LinuxLayouts.Sessions candidate : candidates) {
            List<SessionEntry> read = new ArrayList<>();
            try {
                new SessionArray(memory, candidate, read).read(header);
                sessions.addAll(read);
                if (candidates.size() > 1) {
                    unknown.add("which of " + candidates.size() + " layouts the sessions have, their version string "
                            + "stands for all: read as " + candidate.name() + ", which fits");
                }
                return;
            } catch (LinuxFault e) {
                firstRead = first == null ? read : firstRead;
                first = first == null ? e : first;
            }
        }
        sessions.addAll(firstRead);
        faults.add(first.fault());
    }
}
