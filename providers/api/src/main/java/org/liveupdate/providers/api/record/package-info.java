/**
 * Named records of bytes, for applications that want their state back after a stop, an update of their bundle, or a kexec.
 *
 * <p>{@link org.liveupdate.providers.api.record.Records} is an OSGi service. A record is kept in handover memory from the
 * moment it is opened for the first time until somebody removes it, whether or not anybody has it open. Sessions, tokens
 * and files are nothing that its user has to know of.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.record;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
