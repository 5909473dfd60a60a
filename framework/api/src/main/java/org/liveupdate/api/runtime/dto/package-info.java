/** The data of {@link org.liveupdate.api.runtime.LiveUpdateRuntime}. */
@Export
@Version("1.0.0")
package org.liveupdate.api.runtime.dto;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
