package org.liveupdate.core.image;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.Format;
import org.liveupdate.kho.image.KhoFormats;
import org.osgi.annotation.bundle.Capability;

/**
 * The version catalogue of this bundle: every format that it writes and reads; those of handover memory have their own,
 * {@link KhoFormats}. It stands in the manifest, too, in the same namespace.
 */
@Capability(namespace = KhoFormats.NAMESPACE, attribute = {"format=luo", "writes:Long=1", "reads:List<Long>='1'"})
@Capability(namespace = KhoFormats.NAMESPACE, attribute = {"format=luo-flb", "writes:Long=1", "reads:List<Long>='1'"})
@Capability(namespace = KhoFormats.NAMESPACE,
        attribute = {"format=liveupdate-session", "writes:Long=1", "reads:List<Long>='1'"})
@Capability(namespace = KhoFormats.NAMESPACE,
        attribute = {"format=liveupdate-flb", "writes:Long=1", "reads:List<Long>='1'"})
@Capability(namespace = KhoFormats.NAMESPACE,
        attribute = {"format=liveupdate-timeline", "writes:Long=1", "reads:List<Long>='1'"})
@Capability(namespace = KhoFormats.NAMESPACE,
        attribute = {"format=liveupdate-resume", "writes:Long=1", "reads:List<Long>='1'"})
@Capability(namespace = KhoFormats.NAMESPACE,
        attribute = {"format=liveupdate-freeze", "writes:Long=1", "reads:List<Long>='1'"})
public final class Formats {
    /** The root of the device tree. */
    public static final Format ROOT = new Format("luo", 1, 1, 1);
    /** Sessions and files. */
    public static final Format SESSION = new Format("liveupdate-session", 1, 1, 1);
    /** The FLB page of the original. */
    public static final Format FLB = new Format("luo-flb", 1, 1, 1);
    /** What the original does not say about FLBs. */
    public static final Format OWN_FLB = new Format("liveupdate-flb", 1, 1, 1);
    /** When the steps of a live update happened. */
    public static final Format TIMELINE = new Format("liveupdate-timeline", 1, 1, 1);
    /** What goes on as outgoing after a stop; no live update writes it. */
    public static final Format RESUME = new Format("liveupdate-resume", 1, 1, 1);
    /** Who took how long to freeze; whoever does not know it goes without. */
    public static final Format FREEZE = new Format("liveupdate-freeze", 1, 1, 1);

    private Formats() {}

    /**
     * The formats of this bundle.
     *
     * @return without those of {@link KhoFormats}
     */
    public static List<Format> own() {
        return List.of(ROOT, SESSION, FLB, OWN_FLB, TIMELINE, RESUME, FREEZE);
    }

    /**
     * What a generation says about itself before a handover: what it reads.
     *
     * @return {@code format NAME-vN} for each version of each format
     */
    public static List<String> capabilities() {
        return all().flatMap(format -> IntStream.rangeClosed(format.oldestRead(), format.newestRead())
                .mapToObj(version -> "format " + format.compatible(version))).toList();
    }

    /**
     * What a successor has to be able to read.
     *
     * @return {@code format NAME-vN} for the version that is written of each format
     */
    public static List<String> needed() {
        return all().filter(format -> format != RESUME && format != FREEZE)
                .map(format -> "format " + format.compatible()).toList();
    }

    /**
     * What an image is written in.
     *
     * @param tree
     *            its device tree
     * @return {@code NAME-vN} of each node that says so, the root first
     * @throws FdtException
     *             a node says something else than a string
     */
    public static List<String> of(FdtNode tree) throws FdtException {
        List<String> formats = new ArrayList<>();
        formats.add(tree.string(Format.COMPATIBLE));
        for (FdtNode node : tree.children()) {
            if (node.has(Format.COMPATIBLE)) {
                formats.add(node.string(Format.COMPATIBLE));
            }
        }
        return formats;
    }

    private static Stream<Format> all() {
        List<Format> all = new ArrayList<>(own());
        all.addAll(KhoFormats.all());
        return all.stream();
    }
}
