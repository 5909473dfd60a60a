package org.liveupdate.itests;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;

/** The next version of an installed bundle: the same contents with another version, so other classes. */
final class NextVersion {
    private NextVersion() {}

    /** The jar of the version after the present one. */
    static byte[] jar(Bundle bundle) throws IOException {
        Manifest manifest;
        try (InputStream in = bundle.getEntry(JarFile.MANIFEST_NAME).openStream()) {
            manifest = new Manifest(in);
        }
        manifest.getMainAttributes().putValue(Constants.BUNDLE_VERSION, bundle.getVersion().getMajor() + 1 + ".0.0");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (URL entry : Collections.list(bundle.findEntries("/", "*", true))) {
                String name = entry.getPath().substring(1);
                if (!name.endsWith("/") && !name.equals(JarFile.MANIFEST_NAME)) {
                    jar.putNextEntry(new ZipEntry(name));
                    try (InputStream in = entry.openStream()) {
                        in.transferTo(jar);
                    }
                }
            }
        }
        return bytes.toByteArray();
    }

    static InputStream stream(Bundle bundle) throws IOException {
        return new ByteArrayInputStream(jar(bundle));
    }
}
