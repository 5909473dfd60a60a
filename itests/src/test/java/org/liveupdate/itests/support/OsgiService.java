package org.liveupdate.itests.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A field of an {@link OsgiTest} that is set to the best service of its type; it is waited for before each test. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface OsgiService {
    /**
     * Which service of the type.
     *
     * @return an LDAP filter, or nothing
     */
    String filter() default "";

    /**
     * How long to wait for it, in milliseconds.
     *
     * @return more than 0
     */
    long timeoutMillis() default 5_000;
}
