package org.liveupdate.shell.text;

import java.util.List;

/**
 * How people see one kind of data: one of it, or an array.
 *
 * @param <T>
 *            the kind
 */
abstract class View<T> {
    private final Class<T> type;

    View(Class<T> type) {
        this.type = type;
    }

    /** The text of one or an array of this kind; null for anything else. */
    final String show(Object target) {
        if (type.isInstance(target)) {
            return text(List.of(type.cast(target)));
        }
        if (target instanceof Object[] several && type.isAssignableFrom(target.getClass().getComponentType())) {
            return text(List.of(several).stream().map(type::cast).toList());
        }
        return null;
    }

    /** The text, without a line break at the end. */
    abstract String text(List<T> items);
}
