package org.liveupdate.demo.files;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** A fake of an interface that answers only what the demo asks. */
final class Partial {
    private Partial() {}

    /** Passes calls to the methods of the same name and parameters of an object; all others are not supported. */
    static <T> T of(Class<T> type, Object target) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (proxy, method, arguments) -> {
                    Method same;
                    try {
                        same = target.getClass().getDeclaredMethod(method.getName(), method.getParameterTypes());
                    } catch (NoSuchMethodException e) {
                        throw new UnsupportedOperationException(method.toString(), e);
                    }
                    try {
                        return same.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
