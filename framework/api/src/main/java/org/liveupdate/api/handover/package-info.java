/**
 * Between the core and whoever moves state to another JVM. Not for providers or agents.
 */
@Export
@Version("1.0.0")
package org.liveupdate.api.handover;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
