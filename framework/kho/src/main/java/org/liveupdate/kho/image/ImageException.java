package org.liveupdate.kho.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.liveupdate.kho.fdt.FdtException;

/**
 * An image, or the memory file that it names, cannot be used. The message is one sentence: which file, what is wrong at
 * which offset, what was expected, what was found, and what to do.
 */
public final class ImageException extends IOException {

    private static final long serialVersionUID = 1L;

    /** The three kinds of bad, by what an operator does about them. */
    public enum Kind {
        /** It is not what was once written. */
        CORRUPT("is corrupt", "discard it"),
        /** It is whole, in a format that this version does not read any more. */
        TOO_OLD("is too old", "load it with the version that wrote it"),
        /** It is whole, in a format that this version does not know yet. */
        TOO_NEW("is too new", "load it with the version that wrote it, or a newer one");

        private final String finding;
        private final String advice;

        Kind(String finding, String advice) {
            this.finding = finding;
            this.advice = advice;
        }
    }

    private final Kind kind;
    private final String path;
    private final long offset;
    private final String expected;
    private final String found;

    /** All there is to say; offset -1 if it is about the file as a whole. */
    public ImageException(Kind kind, Path path, long offset, String expected, String found) {
        super(path + " " + kind.finding + (offset < 0 ? "" : " at offset " + offset) + ": expected " + expected
                + ", found " + found + "; " + kind.advice);
        this.kind = kind;
        this.path = path.toString();
        this.offset = offset;
        this.expected = Objects.requireNonNull(expected);
        this.found = Objects.requireNonNull(found);
    }

    /** A corrupt image. */
    public static ImageException corrupt(Path path, long offset, String expected, String found) {
        return new ImageException(Kind.CORRUPT, path, offset, expected, found);
    }

    /** What a device tree's reader found wrong with the tree of the image at {@code path}. */
    public static ImageException of(Path path, FdtException cause) {
        ImageException exception = new ImageException(cause.isTooNew() ? Kind.TOO_NEW : Kind.CORRUPT, path,
                cause.offset(), cause.expected(), cause.found());
        exception.initCause(cause);
        return exception;
    }

    /** Which kind of bad; never null. */
    public Kind kind() {
        return kind;
    }

    /** The file concerned; never null. */
    public Path path() {
        return Path.of(path);
    }

    /** In bytes from the start of the file; -1 if it is about the file as a whole. */
    public long offset() {
        return offset;
    }

    /** What was expected; never null. */
    public String expected() {
        return expected;
    }

    /** What was found; never null. */
    public String found() {
        return found;
    }
}
