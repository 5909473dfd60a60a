package org.liveupdate.kho.image;

import java.util.List;
import org.osgi.annotation.bundle.Capability;

/**
 * The version catalogue of this bundle: every format that it writes and reads. It stands in the manifest, too, in the
 * namespace {@value #NAMESPACE}.
 */
@Capability(namespace = KhoFormats.NAMESPACE, attribute = {"format=dtb", "writes:Long=17", "reads:List<Long>='16,17'"})
@Capability(namespace = KhoFormats.NAMESPACE,
        attribute = {"format=liveupdate-image", "writes:Long=1", "reads:List<Long>='1'"})
@Capability(namespace = KhoFormats.NAMESPACE,
        attribute = {"format=liveupdate-kho", "writes:Long=2", "reads:List<Long>='1,2'"})
public final class KhoFormats {

    /** The namespace of the capability for each format. */
    public static final String NAMESPACE = "org.liveupdate.format";

    /** Flattened device trees. Later versions that say that they are compatible with 17 are read, too. */
    public static final Format TREE = new Format("dtb", 17, 16, 17);

    /** The image around them: pages of metadata, trailer. */
    public static final Format IMAGE = new Format("liveupdate-image", ImageLayout.VERSION, ImageLayout.OLDEST_READ,
            ImageLayout.VERSION);

    /** Scopes and blocks of handover memory. */
    public static final Format MEMORY = new Format("liveupdate-kho", 2, 1, 2);

    private KhoFormats() {}

    /** All of them. */
    public static List<Format> all() {
        return List.of(TREE, IMAGE, MEMORY);
    }
}
