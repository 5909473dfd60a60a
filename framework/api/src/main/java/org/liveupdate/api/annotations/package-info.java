/**
 * What a provider's bundle offers, said once: the build makes service properties and capabilities of it. For components of
 * Declarative Services, built with bnd.
 */
@Export
@Version("1.0.0")
package org.liveupdate.api.annotations;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
