package org.liveupdate.providers.vfio.internal;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * A bundle of another provider, as far as its activator and its components need one: it finds the services again that it
 * registered itself.
 */
final class Started {

    private final String name;
    private final Map<String, String> properties;
    private final Map<Class<?>, Object> services = new ConcurrentHashMap<>();
    /** Services by reference. */
    private final Map<Object, Object> references = new IdentityHashMap<>();
    private final BundleContext context = proxy(BundleContext.class, this::context);

    Started(String name, Map<String, String> properties) {
        this.name = name;
        this.properties = properties;
    }

    BundleContext context() {
        return context;
    }

    <T> T service(Class<T> type) {
        return type.cast(services.get(type));
    }

    /** Sets a reference of a component, as Declarative Services does. */
    static void reference(Object component, String field, Object service) throws ReflectiveOperationException {
        Field reference = component.getClass().getDeclaredField(field);
        reference.setAccessible(true);
        reference.set(component, service);
    }

    /** Calls the bind method of a reference, as Declarative Services does. */
    static <T> void bind(Object component, String method, Class<T> type, T service)
            throws ReflectiveOperationException {
        Method bind = component.getClass().getDeclaredMethod(method, type);
        bind.setAccessible(true);
        bind.invoke(component, service);
    }

    private Object context(String method, Object... arguments) {
        return switch (method) {
            case "getProperty" -> properties.get(arguments[0]);
            case "getBundle" -> proxy(Bundle.class,
                    (called, ignored) -> called.equals("getSymbolicName") ? (Object) name : (Object) 1L);
            case "registerService" -> services.put((Class<?>) arguments[0], arguments[1]);
            case "getServiceReferences" -> List.of(reference(services.get(arguments[0])));
            case "getService" -> references.get(arguments[0]);
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private ServiceReference<?> reference(Object service) {
        ServiceReference<?> reference = proxy(ServiceReference.class, (called, ignored) -> null);
        references.put(reference, service);
        return reference;
    }

    @FunctionalInterface
    private interface Answers {
        Object to(String method, Object... arguments);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
    }
}
