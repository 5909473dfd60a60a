package org.liveupdate.providers.hugetlb.internal;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Applies what is configured, before the framework properties. What is wrong is refused with a warning: the configuration
 * before it goes on to hold, and nothing stops working. Without Configuration Admin there are the framework properties.
 */
@Component(service = {}, configurationPid = HugetlbConfiguration.PID, immediate = true)
@Designate(ocd = HugetlbConfiguration.class)
public final class HugetlbConfigurator {

    private static final System.Logger LOG = System.getLogger(HugetlbConfiguration.PID);

    private final Hugetlb hugetlb;
    private final UnaryOperator<String> property;

    /** Called by DS. */
    @Activate
    public HugetlbConfigurator(BundleContext context, HugetlbConfiguration configuration) {
        this(Activator.shared(context), context::getProperty);
        modified(configuration);
    }

    HugetlbConfigurator(Hugetlb hugetlb, UnaryOperator<String> property) {
        this.hugetlb = hugetlb;
        this.property = property;
    }

    /** Called by DS, also when the configuration is deleted. */
    @Modified
    void modified(HugetlbConfiguration configuration) {
        try {
            hugetlb.configure(name -> configured(configuration, name));
        } catch (IllegalArgumentException | IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the configuration " + HugetlbConfiguration.PID
                    + " is refused, and the one before it kept: " + e.getMessage());
        }
    }

    private String configured(HugetlbConfiguration configuration, String name) {
        String value = name.equals(Settings.PAGES) ? String.join(",", configuration.pages()) : configuration.mount();
        return value.isBlank() ? property.apply(name) : value;
    }
}
