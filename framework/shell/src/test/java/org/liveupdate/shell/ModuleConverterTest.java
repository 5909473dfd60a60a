package org.liveupdate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.liveupdate.api.runtime.dto.ModuleDTO;

class ModuleConverterTest {
    private static ModuleDTO module(long bundle, String name, String... usedBy) {
        ModuleDTO module = new ModuleDTO();
        module.bundle = bundle;
        module.name = name;
        module.state = "LIVE";
        module.references = usedBy.length;
        module.usedBy = usedBy;
        return module;
    }

    private static String text(Object target) {
        CharSequence text = new ModuleConverter().format(target, 0, null);
        return text == null ? null : text.toString();
    }

    @Test
    void eachModuleIsALineAndEachFurtherHolderAnother() {
        assertEquals("""
                id  module            state  refs  used by
                12  memfd 1.0.0       LIVE      2  file 1 of session "a"
                                                   file 2 of session "a"
                 -  built in by hand  LIVE      0""",
                text(new ModuleDTO[]{module(12, "memfd 1.0.0", "file 1 of session \"a\"", "file 2 of session \"a\""),
                        module(-1, "built in by hand")}));
    }

    @Test
    void aSingleModuleIsShownTheSameWay() {
        assertEquals("id  module       state  refs  used by\n 7  memfd 1.0.0  LIVE      0",
                text(module(7, "memfd 1.0.0")));
    }

    @Test
    void whatIsNoModuleIsLeftToOthers() {
        assertNull(text("a module"));
    }
}
