package org.liveupdate.api.annotations;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.liveupdate.api.LiveUpdateConstants;
import org.osgi.annotation.bundle.Attribute;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The component is an {@link org.liveupdate.api.Flb} service. The build makes the service property
 * {@link LiveUpdateConstants#COMPATIBLE} and a capability {@link LiveUpdateConstants#FLB_NAMESPACE} of it.
 *
 * <pre>
 * &#64;Component
 * &#64;ProvidesFlb(compatible = "hugetlb-v1")
 * public final class HugetlbFlb implements Flb&lt;HugePages&gt; {
 * </pre>
 */
@Capability(namespace = LiveUpdateConstants.FLB_NAMESPACE)
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ProvidesFlb {
    /** What the names of the elements begin with as service properties. */
    String PREFIX_ = "liveupdate.";

    /**
     * The compatible string.
     *
     * @return 1 to {@value LiveUpdateConstants#COMPATIBLE_MAX_BYTES} bytes of printable ASCII
     */
    @Attribute("compatible")
    String compatible();
}
