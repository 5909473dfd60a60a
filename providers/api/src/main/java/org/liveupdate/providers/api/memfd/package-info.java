/**
 * Anonymous files of bytes in handover memory.
 *
 * <p>{@link org.liveupdate.providers.api.memfd.MemfdFactory} is an OSGi service. Its memfds are preserved by the file
 * handler {@code memfd-v2}; in the successor {@code session.retrieve(token, Memfd.class)} returns them.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.memfd;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
