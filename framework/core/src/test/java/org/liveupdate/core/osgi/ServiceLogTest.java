package org.liveupdate.core.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.liveupdate.core.journal.Event;
import org.liveupdate.core.journal.EventId;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;

/** Events go to a log service where somebody installed one, and to what the JVM has elsewhere. */
class ServiceLogTest {
    private static final Event SWAPPED = new Event(1, Instant.EPOCH, EventId.SWAPPED, "b", Event.OK, "replaced");
    private static final Event LEAKED = new Event(2, Instant.EPOCH, EventId.LEAKED, "f", Event.OK, "left behind");

    private final List<String> logged = new ArrayList<>();
    private final List<String> otherwise = new ArrayList<>();

    /** An object whose methods answer what is given by name, and null or nothing otherwise. */
    private static <T> T fake(Class<T> type, Map<String, Function<Object[], Object>> answers) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> proxy == arguments[0];
            case "compareTo" -> 0;
            default -> answers.getOrDefault(method.getName(), ignored -> null).apply(arguments);
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, handler));
    }

    /** A framework in which the bundle with an id has registered a log service. */
    private BundleContext contextWithLogServiceOf(long bundle) {
        Logger logger = fake(Logger.class, Map.of("warn", arguments -> logged.add("warn " + texts(arguments)), "info",
                arguments -> logged.add("info " + texts(arguments))));
        LogService service = fake(LogService.class, Map.of("getLogger", name -> logger));
        Bundle owner = fake(Bundle.class, Map.of("getBundleId", ignored -> bundle));
        ServiceReference<?> reference = fake(ServiceReference.class, Map.of("getBundle", ignored -> owner));
        return fake(BundleContext.class, Map.of("getServiceReferences",
                ignored -> new ServiceReference<?>[]{reference}, "getService", ignored -> service, "ungetService",
                ignored -> true));
    }

    private static String texts(Object[] arguments) {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i < arguments.length; i++) {
            all.append(arguments[i]).append(i + 1 < arguments.length ? " " : "");
        }
        return all.toString();
    }

    private void log(BundleContext context) {
        try (ServiceLog log = new ServiceLog(context, event -> otherwise.add(event.text()))) {
            log.accept(SWAPPED);
            log.accept(LEAKED);
        }
    }

    @Test
    void anInstalledLogServiceGetsTheIdTheTextAndTheLevel() {
        log(contextWithLogServiceOf(7));
        assertEquals(List.of("info LU0501 replaced", "warn LU0701 left behind"), logged);
        assertEquals(List.of(), otherwise);
    }

    @Test
    void theLogServiceOfTheFrameworkItselfIsNotUsed() {
        log(contextWithLogServiceOf(0));
        assertEquals(List.of(), logged);
        assertEquals(List.of("replaced", "left behind"), otherwise);
    }
}
