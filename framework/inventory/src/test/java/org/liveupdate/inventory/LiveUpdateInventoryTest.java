package org.liveupdate.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.felix.inventory.Format;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

class LiveUpdateInventoryTest {
    private final RuntimeDTO state = new RuntimeDTO();

    LiveUpdateInventoryTest() {
        FileDTO first = new FileDTO();
        first.token = Long.MAX_VALUE;
        first.flbs = new String[]{"iommu-v1", "pci-v1"};
        SessionDTO session = new SessionDTO();
        session.name = "vm-1";
        session.files = new FileDTO[]{first, new FileDTO()};
        state.phase = "RUNNING";
        state.sessions = new SessionDTO[]{session};
    }

    @Test
    void textIsAnOutlineOfWhatIsThere() {
        assertTrue(print(Format.TEXT).contains("""
                sessions:
                  - name: vm-1
                    open: false
                    files:
                      - token: 9223372036854775807
                        flbs:
                          - iommu-v1
                          - pci-v1
                        data: 0
                        pages: 0
                      - token: 0
                        data: 0
                        pages: 0
                """), () -> print(Format.TEXT));
        assertTrue(print(Format.TEXT).contains("\nphase: RUNNING\n"), () -> print(Format.TEXT));
    }

    @Test
    void jsonHasAllFieldsAndWholeNumbers() {
        JsonObject json = JsonParser.parseString(print(Format.JSON)).getAsJsonObject();

        assertEquals(RuntimeDTO.class.getFields().length, json.size());
        assertEquals(Long.MAX_VALUE, json.getAsJsonArray("sessions").get(0).getAsJsonObject().getAsJsonArray("files")
                .get(0).getAsJsonObject().get("token").getAsLong());
    }

    private String print(Format format) {
        StringWriter text = new StringWriter();
        new LiveUpdateInventory(() -> state).print(new PrintWriter(text, true), format, false);
        return text.toString();
    }
}
