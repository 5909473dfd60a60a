package org.liveupdate.testkit;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What an older version of a provider has left: the archive that a contract test of that version has written with the
 * system property {@code liveupdate.testkit.images=DIR}, as {@code DIR/}<i>test class</i>{@code .zip}. It is the handover
 * directory after an orderly stop.
 *
 * @param version
 *            which version wrote it, for people
 * @param archive
 *            where it is, usually among the resources of the test
 * @param state
 *            what {@code state} answers for what is read from it
 */
public record OlderImage(String version, Path archive, Object state) {
    /** Checks that nothing is null. */
    public OlderImage {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(archive, "archive");
        Objects.requireNonNull(state, "state");
    }
}
