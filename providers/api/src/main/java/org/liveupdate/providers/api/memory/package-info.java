/**
 * Files of bytes that live in memory: what memfds, huge memfds and guest memory have in common for those who use them.
 *
 * <p>A {@link org.liveupdate.providers.api.memory.ByteFile} is read and written; a
 * {@link org.liveupdate.providers.api.memory.Sealable} one can be made to stay as it is; a
 * {@link org.liveupdate.providers.api.memory.Pinnable} one shows where in handover memory its bytes are.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.memory;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
