package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which version runs: that of the bundle in the jar, which the launcher's list of bundles names. */
final class Version {
    private static final Pattern BUNDLE = Pattern.compile("org\\.liveupdate\\.kexec-([^/,]+)\\.jar");

    private Version() {}

    static String ofThisJar() {
        Properties launcher = new Properties();
        try (InputStream stream = Version.class.getResourceAsStream("/launcher.properties")) {
            if (stream != null) {
                launcher.load(stream);
            }
        } catch (IOException e) {
            // a jar that cannot be read is for the launcher to complain of
        }
        Matcher matcher = BUNDLE.matcher(launcher.getProperty("launch.bundles", ""));
        return matcher.find() ? matcher.group(1) : "of unknown version (not run from liveupdate.jar)";
    }
}
