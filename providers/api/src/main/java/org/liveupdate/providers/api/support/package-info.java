/**
 * For provider authors: what files of bytes of different kinds have in common, and how a provider keeps large arrays in
 * preserved memory.
 *
 * <p>A provider's file extends {@link org.liveupdate.providers.api.support.StoredFile}; where its bytes are is a
 * {@link org.liveupdate.providers.api.support.Storage}; who may do what with it at the moment, and when its bytes are
 * freed, is decided by its {@link org.liveupdate.providers.api.support.Custody}, which the provider's handler drives.
 * Users of files need nothing of this.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.support;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
