package org.liveupdate.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.security.CodeSource;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.kho.Region;

/**
 * Loads the classes of a provider and of its test again, as a bundle that was installed anew would have them: no static
 * field is shared. Everything else comes from the parent.
 */
final class FreshLoader extends ClassLoader {
    /** Where the classes that are loaded again come from. */
    private final Set<String> places;

    private FreshLoader(ClassLoader parent, Set<String> places) {
        super(parent);
        this.places = places;
    }

    /**
     * A loader for the places that some classes come from, the test kit's and the framework's own excepted. A test for
     * which there is no such place is skipped.
     */
    static FreshLoader of(ClassLoader parent, Collection<Class<?>> classes) {
        Set<String> places = new TreeSet<>();
        classes.forEach(type -> places.add(place(type)));
        places.remove("");
        for (Class<?> shared : Set.of(FreshLoader.class, LiveUpdate.class, Region.class)) {
            places.remove(place(shared));
        }
        Assumptions.assumeFalse(places.isEmpty(),
                "the provider's classes are where the framework's are and cannot be loaded apart");
        return new FreshLoader(parent, places);
    }

    private static String place(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null ? "" : source.getLocation().getPath();
    }

    /** A new object of the class with this class's name. */
    <T> T instantiate(Class<?> type, Class<T> as) throws ReflectiveOperationException {
        Constructor<?> constructor = loadClass(type.getName()).getDeclaredConstructor();
        constructor.setAccessible(true);
        return as.cast(constructor.newInstance());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            URL resource = loaded == null ? getParent().getResource(name.replace('.', '/') + ".class") : null;
            if (loaded != null || resource == null || places.stream().noneMatch(resource.getPath()::contains)) {
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
            return define(name, resource);
        }
    }

    private Class<?> define(String name, URL resource) throws ClassNotFoundException {
        try (InputStream in = resource.openStream()) {
            byte[] bytes = in.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
