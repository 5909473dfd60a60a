package org.liveupdate.itests.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtendWith;
import org.ops4j.pax.exam.Option;

/**
 * A class whose tests run inside a bundle of a container of its own, so that they see the API's very classes.
 * <p>
 * Test, parameterized test and before/after methods run there, on a second copy of the class that the bundle loads; the
 * copy's fields marked with {@link OsgiService} are set, and so are those of type
 * {@link org.osgi.framework.BundleContext}. A failed assertion is reported as everywhere else.
 * <p>
 * Constructors and field initializers run in both copies, {@code @MethodSource} in the outer one. Arguments of tests are
 * of JDK and Jupiter types. Nested classes and {@code @TempDir} fields are not supported: a parameter can have a
 * {@code @TempDir}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InContainer.class)
public @interface OsgiTest {
    /**
     * The container's configuration.
     *
     * @return a class with a constructor without parameters, used outside of the container
     */
    Class<? extends Supplier<Option[]>> value() default LiveUpdateBundles.class;
}
