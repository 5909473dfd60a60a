/**
 * Conditions in which the original stops the kernel, because going on could corrupt memory or devices. Here neither the
 * JVM ends nor does anybody go on as if nothing had happened: what is preserved stays where it is, and people are told.
 *
 * <p>A provider that can detect such conditions registers {@link org.liveupdate.providers.api.fatal.FatalConditions} as an
 * OSGi service, usually a {@link org.liveupdate.providers.api.fatal.FatalLog}. Whoever shows them lists all services.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.fatal;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
