package org.liveupdate.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.shell.why.BundleFacts;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** What the framework and Declarative Services say of the installed bundles. Thread safe. */
final class InstalledBundles {
    private final BundleContext context;
    private final ServiceComponentRuntime components;

    InstalledBundles(BundleContext context, ServiceComponentRuntime components) {
        this.context = context;
        this.components = components;
    }

    List<BundleFacts> facts() {
        return Arrays.stream(context.getBundles()).map(this::facts).toList();
    }

    private BundleFacts facts(Bundle bundle) {
        return new BundleFacts(bundle.getBundleId(), String.valueOf(bundle.getSymbolicName()),
                bundle.getVersion().toString(), state(bundle.getState()),
                declared(bundle, LiveUpdateConstants.FLB_NAMESPACE),
                declared(bundle, LiveUpdateConstants.HANDLER_NAMESPACE), waiting(bundle));
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.INSTALLED -> "INSTALLED";
            case Bundle.RESOLVED -> "RESOLVED";
            case Bundle.STARTING -> "STARTING";
            case Bundle.ACTIVE -> "ACTIVE";
            case Bundle.STOPPING -> "STOPPING";
            default -> "UNINSTALLED";
        };
    }

    private static Set<String> declared(Bundle bundle, String namespace) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision == null ? Set.of() : revision.getDeclaredCapabilities(namespace).stream()
                .map(capability -> String.valueOf(capability.getAttributes().get("compatible")))
                .collect(Collectors.toSet());
    }

    private List<String> waiting(Bundle bundle) {
        List<String> sentences = new ArrayList<>();
        for (ComponentDescriptionDTO component : components.getComponentDescriptionDTOs(bundle)) {
            Collection<ComponentConfigurationDTO> configurations = components.getComponentConfigurationDTOs(component);
            if (configurations.isEmpty() && components.isComponentEnabled(component)) {
                sentences.add("component " + component.name + " waits for a configuration with the PID "
                        + String.join(" or ", component.configurationPid));
            }
            configurations.forEach(configuration -> waiting(component, configuration, sentences));
        }
        return sentences;
    }

    private static void waiting(ComponentDescriptionDTO component, ComponentConfigurationDTO configuration,
            List<String> sentences) {
        if (configuration.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
            sentences.add("component " + component.name + " failed to start: "
                    + String.valueOf(configuration.failure).lines().findFirst().orElse(""));
        }
        for (UnsatisfiedReferenceDTO reference : configuration.unsatisfiedReferences) {
            sentences.add("component " + component.name + " waits for a service " + type(component, reference.name)
                    + (reference.target == null ? "" : " with " + reference.target));
        }
    }

    private static String type(ComponentDescriptionDTO component, String reference) {
        for (ReferenceDTO declared : component.references) {
            if (declared.name.equals(reference)) {
                return declared.interfaceName;
            }
        }
        return reference;
    }
}
