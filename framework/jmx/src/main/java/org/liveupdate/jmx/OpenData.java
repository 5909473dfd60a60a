package org.liveupdate.jmx;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;
import org.osgi.dto.DTO;

/**
 * DTOs as open data, which a client reads without our classes. A DTO is a composite of its public fields, an array an
 * array, and a map from strings to strings a table of names and values.
 */
final class OpenData {
    private static final Map<Class<?>, SimpleType<?>> SIMPLE = Map.of(String.class, SimpleType.STRING, long.class,
            SimpleType.LONG, int.class, SimpleType.INTEGER, boolean.class, SimpleType.BOOLEAN, double.class,
            SimpleType.DOUBLE);
    private static final String[] ENTRY = {"name", "value"};

    private OpenData() {}

    /** The fields that are data, in order of declaration. */
    static Stream<Field> fields(Class<?> dto) {
        return Stream.of(dto.getFields()).filter(field -> !Modifier.isStatic(field.getModifiers()));
    }

    /**
     * The open type of values of a Java type.
     *
     * @throws OpenDataException
     *             there is none
     */
    static OpenType<?> type(Class<?> type) throws OpenDataException {
        if (SIMPLE.containsKey(type)) {
            return SIMPLE.get(type);
        }
        if (type.isArray()) {
            Class<?> component = type.getComponentType();
            return component.isPrimitive() ? ArrayType.getPrimitiveArrayType(type)
                    : ArrayType.getArrayType(type(component));
        }
        if (Map.class.isAssignableFrom(type)) {
            return table();
        }
        if (!DTO.class.isAssignableFrom(type)) {
            throw new OpenDataException(type + " has no open type");
        }
        return composite(type);
    }

    private static CompositeType composite(Class<?> dto) throws OpenDataException {
        String[] names = fields(dto).map(Field::getName).toArray(String[]::new);
        OpenType<?>[] types = new OpenType<?>[names.length];
        int next = 0;
        for (Field field : fields(dto).toList()) {
            types[next++] = type(field.getType());
        }
        return new CompositeType(dto.getSimpleName(), dto.getSimpleName(), names, names, types);
    }

    private static TabularType table() throws OpenDataException {
        OpenType<?>[] types = {SimpleType.STRING, SimpleType.STRING};
        CompositeType entry = new CompositeType("Entry", "a name and its value", ENTRY, ENTRY, types);
        return new TabularType("Table", "values by name", entry, new String[]{ENTRY[0]});
    }

    /**
     * A value as open data.
     *
     * @param type
     *            the Java type it is declared with
     * @param value
     *            the value, or null
     */
    static Object value(Class<?> type, Object value) throws OpenDataException, IllegalAccessException {
        if (value == null || SIMPLE.containsKey(type)
                || type.isArray() && SIMPLE.containsKey(type.getComponentType())) {
            return value;
        }
        if (type.isArray()) {
            Object[] from = (Object[]) value;
            CompositeData[] to = (CompositeData[]) Array.newInstance(CompositeData.class, from.length);
            for (int i = 0; i < from.length; i++) {
                to[i] = (CompositeData) value(type.getComponentType(), from[i]);
            }
            return to;
        }
        return value instanceof Map<?, ?> map ? table(map) : composite(type, value);
    }

    private static CompositeData composite(Class<?> type, Object dto) throws OpenDataException, IllegalAccessException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Field field : fields(type).toList()) {
            values.put(field.getName(), value(field.getType(), field.get(dto)));
        }
        return new CompositeDataSupport(composite(type), values);
    }

    private static TabularData table(Map<?, ?> map) throws OpenDataException {
        TabularData table = new TabularDataSupport(table());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            table.put(new CompositeDataSupport(table().getRowType(), ENTRY,
                    new Object[]{entry.getKey(), entry.getValue()}));
        }
        return table;
    }
}
