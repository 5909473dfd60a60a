package org.liveupdate.inspector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How text, sizes and values are written. */
class TextTest {
    @ParameterizedTest
    @CsvSource({"0,0 B", "1023,1023 B", "1024,1.0 KiB", "1536,1.5 KiB", "1048576,1.0 MiB", "3221225472,3.0 GiB",
            "9223372036854775807,8.0 EiB"})
    void sizesAreInTheLargestUnit(long bytes, String text) {
        assertEquals(text, Sizes.human(bytes));
    }

    @Test
    void whatATerminalActsOnIsShownInstead() {
        assertEquals("\\u001b[2J \\u0000 \\u009b \\u202e \\u2028 \\ud800 \\\\ \u00e4\u4e16 \ud83d\ude00",
                Plain.text("\u001b[2J \0 \u009b \u202e \u2028 \ud800 \\ \u00e4\u4e16 \ud83d\ude00"));
    }

    @Test
    void columnsOfAGroupAreAligned() {
        assertEquals("a\n  b    c\n  bbb  c\nd\n", new Outline().line(0, "a").row(1, "b", "c").row(1, "bbb", "c")
                .line(0, "d").toString());
    }

    @Test
    void everyCharacterSurvivesJson() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < 0xd800; c++) {
            all.append(c);
        }
        all.append("\ud83d\ude00");

        String json = JsonText.of(List.of(all.toString()));

        assertEquals(all.toString(), JsonParser.parseString(json).getAsJsonArray().get(0).getAsString());
        assertTrue(json.chars().allMatch(c -> c < 0x7f), "ASCII only");
    }

    @Test
    void everyKindOfValueSurvivesJson() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("none", null);
        value.put("yes", true);
        value.put("long", Long.MAX_VALUE);
        value.put("unsigned", JsonText.unsigned(-1));
        value.put("list", Arrays.asList(1, "two", List.of(), Map.of()));

        JsonObject read = JsonParser.parseString(JsonText.of(value)).getAsJsonObject();

        assertTrue(read.get("none").isJsonNull());
        assertTrue(read.get("yes").getAsBoolean());
        assertEquals(Long.MAX_VALUE, read.get("long").getAsLong());
        assertEquals("18446744073709551615", read.get("unsigned").getAsString());
        JsonArray list = read.getAsJsonArray("list");
        assertEquals(1, list.get(0).getAsInt());
        assertEquals(0, list.get(2).getAsJsonArray().size());
        assertEquals(0, list.get(3).getAsJsonObject().size());
    }

    @Test
    void whatIsNoValueIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> JsonText.of(1.5));
    }
}
