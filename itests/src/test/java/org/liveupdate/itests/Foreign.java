package org.liveupdate.itests;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An object of another class space: reached by names, through the public interfaces that its class implements. */
record Foreign(Object object) {
    /** Calls a method; the name of an enum's constant stands for the constant. */
    Foreign call(String name, Object... arguments) throws Exception {
        Method method = Arrays.stream(object.getClass().getInterfaces())
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(each -> each.getName().equals(name) && each.getParameterCount() == arguments.length).findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + object.getClass()));
        Object[] passed = arguments.clone();
        for (int i = 0; i < passed.length; i++) {
            Class<?> type = method.getParameterTypes()[i];
            if (type.isEnum()) {
                String constant = (String) passed[i];
                passed[i] = Arrays.stream(type.getEnumConstants()).filter(each -> each.toString().equals(constant))
                        .findFirst().orElseThrow();
            }
        }
        try {
            return new Foreign(method.invoke(object, passed));
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** A public field. */
    Foreign get(String field) throws ReflectiveOperationException {
        return new Foreign(object.getClass().getField(field).get(object));
    }

    /** The elements of an array. */
    List<Foreign> each() {
        List<Foreign> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(object); i++) {
            elements.add(new Foreign(Array.get(object, i)));
        }
        return elements;
    }
}
