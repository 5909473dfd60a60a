package org.liveupdate.jmx;

import java.lang.reflect.Field;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.ReflectionException;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenMBeanInfoSupport;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/**
 * An open MBean with an attribute for each field of the runtime DTO, of the same name. Attributes that are asked for
 * together are of one moment. There is no operation, and no attribute can be set. Thread safe.
 */
final class RuntimeMBean implements DynamicMBean {
    private final LiveUpdateRuntime runtime;
    private final MBeanInfo info;

    RuntimeMBean(LiveUpdateRuntime runtime) throws OpenDataException {
        this.runtime = runtime;
        this.info = info();
    }

    private static MBeanInfo info() throws OpenDataException {
        OpenMBeanAttributeInfo[] attributes =
                new OpenMBeanAttributeInfo[(int) OpenData.fields(RuntimeDTO.class).count()];
        int next = 0;
        for (Field field : OpenData.fields(RuntimeDTO.class).toList()) {
            attributes[next++] = new OpenMBeanAttributeInfoSupport(field.getName(),
                    "field " + field.getName() + " of the runtime DTO", OpenData.type(field.getType()), true, false,
                    false);
        }
        return new OpenMBeanInfoSupport(LiveUpdateRuntime.class.getName(), "The core of live update", attributes, null,
                null, null);
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException, MBeanException, ReflectionException {
        return get(runtime.getRuntimeDTO(), name);
    }

    private static Object get(RuntimeDTO state, String name) throws AttributeNotFoundException, ReflectionException {
        try {
            Field field = RuntimeDTO.class.getField(name);
            return OpenData.value(field.getType(), field.get(state));
        } catch (NoSuchFieldException e) {
            throw new AttributeNotFoundException("there is no attribute " + name);
        } catch (IllegalAccessException | OpenDataException e) {
            throw new ReflectionException(e, name);
        }
    }

    /** Those that cannot be had are left out, as the interface demands. */
    @Override
    public AttributeList getAttributes(String[] names) {
        RuntimeDTO state = runtime.getRuntimeDTO();
        AttributeList found = new AttributeList();
        for (String name : names) {
            try {
                found.add(new Attribute(name, get(state, name)));
            } catch (AttributeNotFoundException | ReflectionException e) {
                continue;
            }
        }
        return found;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(attribute.getName() + " cannot be set: this MBean is for reading only");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String operation, Object[] arguments, String[] signature) throws ReflectionException {
        throw new ReflectionException(new NoSuchMethodException(operation), "this MBean is for reading only");
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return info;
    }
}
