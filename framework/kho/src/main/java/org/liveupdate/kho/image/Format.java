package org.liveupdate.kho.image;

import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;

/**
 * A format, and the versions of it that this build writes and reads. In a node of a device tree it stands as compatible
 * string: the name, {@code -v}, and a decimal number, such as {@code liveupdate-kho-v1}.
 *
 * @param name what it is called, in every version
 * @param writes the version that is written
 * @param oldestRead the oldest version that is read
 * @param newestRead the newest one
 */
public record Format(String name, int writes, int oldestRead, int newestRead) {

    /** The property that says which format a node has. */
    public static final String COMPATIBLE = "compatible";

    /** Checks that what is written can be read. */
    public Format {
        if (oldestRead < 1 || writes < oldestRead || writes > newestRead) {
            throw new IllegalArgumentException(name + ": version " + writes + " is written, " + oldestRead + " to "
                    + newestRead + " are read");
        }
    }

    /** The compatible string of the version that is written. */
    public String compatible() {
        return compatible(writes);
    }

    /** The compatible string of a version. */
    public String compatible(int version) {
        return prefix() + version;
    }

    /**
     * Checks the {@value #COMPATIBLE} property of a node: tells a node of another version from one of something else.
     *
     * @param image where the node is from
     * @return the version of the node
     * @throws ImageException {@code TOO_OLD} or {@code TOO_NEW} for a version that is not read, {@code CORRUPT} for
     *         anything else
     */
    public int require(ImageReader image, FdtNode node) throws ImageException {
        String compatible;
        try {
            compatible = node.string(COMPATIBLE);
        } catch (FdtException e) {
            throw ImageException.of(image.name(), e);
        }
        long offset = node.offset(COMPATIBLE);
        String expected = "node \"" + node.label() + "\" compatible with \"" + compatible(newestRead) + '"'
                + (oldestRead < newestRead ? ", or from version " + oldestRead + " on" : "");
        String digits = compatible.startsWith(prefix()) ? compatible.substring(prefix().length()) : "";
        if (!digits.matches("[1-9][0-9]{0,8}")) {
            throw image.corrupt(offset, expected, '"' + compatible + '"');
        }
        int version = Integer.parseInt(digits);
        if (version >= oldestRead && version <= newestRead) {
            return version;
        }
        throw new ImageException(
                version < oldestRead ? ImageException.Kind.TOO_OLD : ImageException.Kind.TOO_NEW, image.name(), offset,
                expected, '"' + compatible + '"');
    }

    private String prefix() {
        return name + "-v";
    }
}
