package org.liveupdate.console.local;

import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.runtime.HttpServiceRuntime;
import org.osgi.service.servlet.runtime.HttpServiceRuntimeConstants;

/** Tells the user, on standard output, where the local console is, as soon as something listens there. */
@Component(service = {}, immediate = true)
public final class Announcement {
    /** Called by DS. */
    @Activate
    public Announcement(@Reference Settings settings,
            @Reference(service = HttpServiceRuntime.class,
                    target = "(" + HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT
                            + "=*)") Map<String, Object> server) {
        if (settings.port().isPresent()) {
            System.out.println("web console " + endpoint(server) + "system/console/liveupdate/ (user " + Access.USER
                    + ", password in " + settings.namedPasswordFile().orElseGet(settings::ownPasswordFile) + ')');
        }
    }

    private static String endpoint(Map<String, Object> server) {
        Object endpoints = server.get(HttpServiceRuntimeConstants.HTTP_SERVICE_ENDPOINT);
        return endpoints instanceof String[] all ? all[0] : endpoints.toString();
    }
}
