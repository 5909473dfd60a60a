package org.liveupdate.shell.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.dto.SessionDTO;

class JsonTest {
    /** A record. */
    public record Pair(String left, Object right) {}

    @Test
    void aDtoIsAnObjectOfItsFieldsAndAnArrayOfThemAnArray() {
        SessionDTO empty = Samples.session("INCOMING", "a");

        assertEquals("""
                [
                  {
                    "name": "a",
                    "side": "INCOMING",
                    "open": false,
                    "files": []
                  }
                ]""", Json.of(new SessionDTO[]{empty}));
    }

    @Test
    void recordsMapsListsAndNullAreWritten() {
        assertEquals("""
                {
                  "left": null,
                  "right": {
                    "k": [
                      1,
                      0.5,
                      true
                    ]
                  }
                }""", Json.of(new Pair(null, Map.of("k", List.of(1L, 0.5, true)))));
        assertEquals("{}", Json.of(Map.of()));
    }

    @Test
    void textIsAsciiWithEverythingElseEscaped() {
        assertEquals("\"a\\\"b\\\\c\\u000a\\u00e9\"", Json.of("a\"b\\c\n\u00e9"));
    }

    @Test
    void anotherKindOfValueIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.of(new Object()));
    }
}
