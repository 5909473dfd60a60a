package org.liveupdate.providers.record.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

class RecordsComponentTest {

    @Test
    void aChangeOfTheCoreThatIsToldBeforeTheCoreIsBoundIsLeftToTheActivation() {
        RecordsComponent component = new RecordsComponent(null, null);
        assertDoesNotThrow(() -> component.updatedRuntime(null));
    }
}
