package org.liveupdate.providers.api.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PciAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"0000:00:00.0", "0000:00:03.0", "ffff:ff:1f.7", "10000:e1:00.0", "fffffff:00:00.0"})
    void anAddressIsReadAsItIsWritten(String text) {
        assertEquals(text, PciAddress.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00:03.0", "0000:00:03", "0000:00:03.8", "0000:00:20.0", "0000:0:03.0", "0000:00:03.0 ",
            "0000:00:0A.0", "10000000:00:00.0", "pci0000:00"})
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PciAddress.parse(text));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PciAddress(-1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new PciAddress(0, 256, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new PciAddress(0, 0, 32, 0));
        assertThrows(IllegalArgumentException.class, () -> new PciAddress(0, 0, 0, 8));
        assertThrows(IllegalArgumentException.class, () -> PciAddress.of(0, 0x10000));
    }

    @Test
    void busDeviceAndFunctionAreOneNumber() {
        PciAddress address = PciAddress.parse("0001:81:1f.5");
        assertEquals(0x81fd, address.bdf());
        assertEquals(address, PciAddress.of(1, 0x81fd));
    }

    @Test
    void addressesAreOrderedByDomainThenBus() {
        PciAddress first = PciAddress.parse("0000:ff:00.0");
        PciAddress second = PciAddress.parse("0001:00:1f.0");
        assertEquals(-1, Integer.signum(first.compareTo(second)));
        assertEquals(-1, Integer.signum(PciAddress.parse("0000:00:1f.7").compareTo(first)));
    }
}
