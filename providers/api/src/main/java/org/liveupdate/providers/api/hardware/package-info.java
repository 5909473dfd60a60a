/**
 * The hardware that the providers drive, as they see it: register files, tables in memory, and the way an access of a
 * device takes through them. The machine itself is a directory, and each device in it a process of its own; that is the
 * bundle {@code providers/hardware}.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.hardware;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
