package org.liveupdate.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.liveupdate.api.LiveUpdateException;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

class BundleArgumentTest {
    private final Bundle first = bundle(1, "provider", "1.0.0");
    private final Bundle second = bundle(2, "provider", "2.0.0");
    private final Bundle other = bundle(3, "other", "1.0.0");
    private final BundleArgument bundles = new BundleArgument(first, second, other);

    private static Bundle bundle(long id, String name, String version) {
        return (Bundle) Proxy.newProxyInstance(BundleArgumentTest.class.getClassLoader(), new Class<?>[]{Bundle.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getBundleId" -> id;
                    case "getSymbolicName" -> name;
                    case "getVersion" -> Version.parseVersion(version);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void assertRefused(String message, String argument) {
        assertEquals(message, assertThrows(LiveUpdateException.class, () -> bundles.find(argument)).getMessage());
    }

    @Test
    void aBundleIsFoundByItsIdOrItsSymbolicName() throws Exception {
        assertSame(second, bundles.find("2"));
        assertSame(other, bundles.find("other"));
    }

    @Test
    void anUnknownBundleIsEnoent() {
        assertRefused("ENOENT: no bundle has the id or symbolic name 4; lb -s lists those that are installed", "4");
    }

    @Test
    void aNameThatSeveralBundlesHaveIsEinvalAndTheirIdsAreListed() {
        assertRefused(
                "EINVAL: several bundles are called provider: give an id, 1 for version 1.0.0, 2 for version 2.0.0",
                "provider");
    }
}
