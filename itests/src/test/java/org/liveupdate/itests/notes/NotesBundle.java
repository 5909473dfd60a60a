package org.liveupdate.itests.notes;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * What a provider bundle of notes offers, and its jar.
 *
 * @param symbolicName
 *            of the bundle
 * @param version
 *            of the bundle
 * @param handlers
 *            compatible strings of its file handlers
 * @param flbs
 *            compatible strings of its FLBs
 * @param depends
 *            the FLBs that its file handlers declare, its own or others'
 */
public record NotesBundle(String symbolicName, String version, List<String> handlers, List<String> flbs,
        List<String> depends) {
    /** Service property: the bundle that a {@code Consumer} watches, or that a {@code Runnable} belongs to. */
    public static final String OF = "notes.of";
    /** Service property of a {@code Runnable}: what it does. */
    public static final String COMMAND = "notes.command";
    /** Registers what the headers name. */
    public static final String OFFER = "offer";
    /** Unregisters it. */
    public static final String WITHDRAW = "withdraw";

    static final String HANDLERS = "Notes-Handlers";
    static final String FLBS = "Notes-Flbs";
    static final String DEPENDS = "Notes-Depends";

    private static final List<Class<?>> CLASSES = List.of(NotesActivator.class, NotesHandler.class, NotesFlb.class,
            Notes.class, NotesBundle.class);

    /**
     * A bundle with one handler and one FLB.
     *
     * @param symbolicName
     *            of the bundle
     * @param handler
     *            the handler's compatible string
     * @param flb
     *            the FLB's, which the handler declares
     * @return version 1.0.0
     */
    public static NotesBundle of(String symbolicName, String handler, String flb) {
        return new NotesBundle(symbolicName, "1.0.0", List.of(handler), List.of(flb), List.of(flb));
    }

    /**
     * Another version with the same content.
     *
     * @param next
     *            its version
     * @return a copy
     */
    public NotesBundle withVersion(String next) {
        return new NotesBundle(symbolicName, next, handlers, flbs, depends);
    }

    /**
     * The bundle.
     *
     * @return its jar
     */
    public byte[] jar() {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", symbolicName);
        headers.putValue("Bundle-Version", version);
        headers.putValue("Bundle-Activator", NotesActivator.class.getName());
        headers.putValue("Import-Package", "org.liveupdate.api,org.liveupdate.kho,org.osgi.framework");
        headers.putValue(HANDLERS, String.join(",", handlers));
        headers.putValue(FLBS, String.join(",", flbs));
        headers.putValue(DEPENDS, String.join(",", depends));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Class<?> type : CLASSES) {
                String path = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(path));
                try (InputStream in = type.getClassLoader().getResourceAsStream(path)) {
                    in.transferTo(jar);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a jar in memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    /**
     * The same for {@code installBundle} and {@code update}.
     *
     * @return the jar
     */
    public InputStream stream() {
        return new ByteArrayInputStream(jar());
    }
}
