package org.liveupdate.kho.image;

import org.liveupdate.kho.fdt.FdtException;
import org.liveupdate.kho.fdt.FdtNode;

/**
 * The version of a format, as the compatible string of its node carries it: a prefix and a decimal number, such as
 * {@code liveupdate-kho-v1}. Tells a node of another version from one of something else.
 */
public final class FormatVersion {

    private FormatVersion() {}

    /**
     * Checks the {@code compatible} property of a node.
     *
     * @param image where the node is from
     * @param prefix of the compatible string in every version
     * @param oldest the oldest version that the caller reads
     * @param newest the newest one
     * @return the version of the node
     * @throws ImageException {@code TOO_OLD} or {@code TOO_NEW} for another version, {@code CORRUPT} for anything else
     */
    public static int require(ImageReader image, FdtNode node, String prefix, int oldest, int newest)
            throws ImageException {
        String compatible;
        try {
            compatible = node.string("compatible");
        } catch (FdtException e) {
            throw ImageException.of(image.name(), e);
        }
        String where = "node \"" + (node.name().isEmpty() ? "/" : node.name()) + "\" compatible with \"" + prefix;
        String expected = where + newest + '"';
        String digits = compatible.startsWith(prefix) ? compatible.substring(prefix.length()) : "";
        if (!digits.matches("[1-9][0-9]{0,8}")) {
            throw image.corrupt(-1, expected, '"' + compatible + '"');
        }
        int version = Integer.parseInt(digits);
        if (version >= oldest && version <= newest) {
            return version;
        }
        throw new ImageException(version < oldest ? ImageException.Kind.TOO_OLD : ImageException.Kind.TOO_NEW,
                image.name(), -1, expected, '"' + compatible + '"');
    }
}
