/** What the core shows of itself, as data. */
@Export
@Version("1.0.0")
package org.liveupdate.api.runtime;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
