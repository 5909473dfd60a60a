package org.liveupdate.jmx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanAttributeInfo;
import javax.management.ReflectionException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.MemoryDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.osgi.dto.DTO;

class RuntimeMBeanTest {
    private final RuntimeDTO state = new RuntimeDTO();
    private final RuntimeMBean bean = new RuntimeMBean(() -> state);

    RuntimeMBeanTest() throws OpenDataException {}

    @Test
    void everyFieldIsAnAttributeThatCanBeReadOnly() throws Exception {
        MBeanAttributeInfo[] attributes = bean.getMBeanInfo().getAttributes();

        assertEquals(Stream.of(RuntimeDTO.class.getFields()).map(Field::getName).toList(),
                Stream.of(attributes).map(MBeanAttributeInfo::getName).toList());
        for (MBeanAttributeInfo attribute : attributes) {
            assertTrue(attribute.isReadable() && !attribute.isWritable(), attribute.getName());
        }
        assertEquals(0, bean.getMBeanInfo().getOperations().length);
    }

    @Test
    void everyValueIsOfTheTypeThatItsAttributeDeclares() throws Exception {
        state.memory = new MemoryDTO();
        state.memory.freeBlocks = new long[]{3, 1};
        state.sessions = new SessionDTO[]{session()};
        state.settings = Map.of("liveupdate.flb.max", "63");

        for (MBeanAttributeInfo attribute : bean.getMBeanInfo().getAttributes()) {
            Object value = bean.getAttribute(attribute.getName());
            assertTrue(value == null || ((OpenMBeanAttributeInfo) attribute).getOpenType().isValue(value),
                    attribute.getName());
        }
    }

    @Test
    void whatIsInsideIsCompositeData() throws Exception {
        state.sessions = new SessionDTO[]{session()};

        CompositeData session = ((CompositeData[]) bean.getAttribute("sessions"))[0];
        CompositeData file = ((CompositeData[]) session.get("files"))[0];

        assertEquals("vm-1", session.get("name"));
        assertEquals(7L, file.get("token"));
        assertEquals("pci-v1", ((String[]) file.get("flbs"))[0]);
    }

    @Test
    void aMapIsATableOfNamesAndValues() throws Exception {
        state.settings = Map.of("liveupdate.flb.max", "63");

        TabularData settings = (TabularData) bean.getAttribute("settings");

        assertEquals("63", settings.get(new Object[]{"liveupdate.flb.max"}).get("value"));
    }

    @Test
    void whatIsNotThereIsNull() throws Exception {
        assertNull(bean.getAttribute("update"));
    }

    @Test
    void severalAttributesAreOfOneMomentAndUnknownOnesLeftOut() {
        assertEquals(2, bean.getAttributes(new String[]{"phase", "nonsense", "enabled"}).size());
    }

    @Test
    void nothingCanBeChanged() {
        assertThrows(AttributeNotFoundException.class, () -> bean.setAttribute(new Attribute("enabled", true)));
        assertTrue(bean.setAttributes(bean.getAttributes(new String[]{"enabled"})).isEmpty());
        assertThrows(ReflectionException.class, () -> bean.invoke("close", null, null));
        assertFalse(state.enabled);
    }

    @Test
    void anUnknownAttributeIsNamed() {
        assertEquals("there is no attribute nonsense",
                assertThrows(AttributeNotFoundException.class, () -> bean.getAttribute("nonsense")).getMessage());
    }

    @Test
    void aFieldThatNoClientCouldReadIsRefused() {
        assertThrows(OpenDataException.class, () -> OpenData.type(Odd.class));
    }

    /** Not made of data only. */
    public static class Odd extends DTO {
        /** A thread is none. */
        public Thread thread;
    }

    private static SessionDTO session() {
        FileDTO file = new FileDTO();
        file.token = 7;
        file.flbs = new String[]{"pci-v1"};
        SessionDTO session = new SessionDTO();
        session.name = "vm-1";
        session.files = new FileDTO[]{file};
        return session;
    }
}
