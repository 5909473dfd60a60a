/**
 * Files of bytes that live in memory: what memfds and huge-page memfds have in common for those who use them.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.memory;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
