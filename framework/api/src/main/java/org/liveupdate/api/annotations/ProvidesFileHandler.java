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
 * The component is a {@link org.liveupdate.api.FileHandler} service. The build makes the service properties
 * {@link LiveUpdateConstants#COMPATIBLE} and {@link LiveUpdateConstants#FLBS}, and a capability
 * {@link LiveUpdateConstants#HANDLER_NAMESPACE}, of it.
 *
 * <pre>
 * &#64;Component
 * &#64;ProvidesFileHandler(compatible = "huge-memfd-v1", flbs = "hugetlb-v1")
 * public final class HugeMemfdHandler implements FileHandler&lt;HugeMemfdFile&gt; {
 * </pre>
 */
@Capability(namespace = LiveUpdateConstants.HANDLER_NAMESPACE)
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ProvidesFileHandler {
    /** What the names of the elements begin with as service properties. */
    String PREFIX_ = "liveupdate.";

    /**
     * The compatible string.
     *
     * @return 1 to {@value LiveUpdateConstants#COMPATIBLE_MAX_BYTES} bytes of printable ASCII
     */
    @Attribute("compatible")
    String compatible();

    /**
     * The compatible strings of the FLBs that the files depend on.
     *
     * @return in the order in which they are preserved; none by default
     */
    String[] flbs() default {};
}
