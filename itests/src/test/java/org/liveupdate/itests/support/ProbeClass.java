package org.liveupdate.itests.support;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.WeakHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** A test class as the probe bundle loads it, with an instance for each of Jupiter's. Not thread-safe. */
final class ProbeClass {
    private final Bundle bundle;
    private final Class<?> outer;
    private final Map<Object, Object> copies = new WeakHashMap<>();

    ProbeClass(Bundle bundle, Class<?> outer) {
        this.bundle = bundle;
        this.outer = outer;
    }

    /** Calls the probe's copy of a method; {@code target} is Jupiter's instance, null for a static method. */
    void invoke(Method method, Object target, Object... arguments) throws Throwable {
        Object copy = target == null ? null : copyOf(target);
        Method inner = same(method);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(inner.getDeclaringClass().getClassLoader());
        try {
            inner.invoke(copy, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Method same(Method method) throws ClassNotFoundException {
        Class<?> declaring = bundle.loadClass(method.getDeclaringClass().getName());
        Method inner = Arrays.stream(declaring.getDeclaredMethods())
                .filter(candidate -> candidate.toGenericString().equals(method.toGenericString())).findFirst()
                .orElseThrow();
        inner.setAccessible(true);
        return inner;
    }

    private Object copyOf(Object target) throws ReflectiveOperationException, InterruptedException {
        Object copy = copies.get(target);
        if (copy == null) {
            Constructor<?> constructor = bundle.loadClass(outer.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            copy = constructor.newInstance();
            for (Class<?> type = outer; type != Object.class; type = type.getSuperclass()) {
                inject(copy, type);
            }
            copies.put(target, copy);
        }
        return copy;
    }

    private void inject(Object copy, Class<?> type) throws ReflectiveOperationException, InterruptedException {
        Class<?> inner = bundle.loadClass(type.getName());
        for (Field field : type.getDeclaredFields()) {
            Object value = value(field);
            if (value != null) {
                Field injected = inner.getDeclaredField(field.getName());
                injected.setAccessible(true);
                injected.set(copy, value);
            }
        }
    }

    private Object value(Field field) throws InterruptedException {
        OsgiService service = field.getAnnotation(OsgiService.class);
        if (service != null) {
            return Services.await(bundle.getBundleContext(), field.getType().getName(), service.filter(),
                    service.timeoutMillis());
        }
        return field.getType() == BundleContext.class ? bundle.getBundleContext() : null;
    }
}
