/**
 * What a provider author and an operator program against.
 *
 * <p>
 * A <em>file</em> is any resource a workload wants to keep over a live update. Files of many kinds may depend on one
 * piece of global state; that state is a <em>file-lifecycle-bound</em> object, an {@link org.liveupdate.api.Flb}: saved
 * once, when the first dependent file is preserved, and finished once, when the last one is done. A
 * {@link org.liveupdate.api.FileHandler} knows how to preserve files of one kind.
 *
 * <p>
 * Providers register {@code Flb} and {@code FileHandler} services (whiteboard) and need no reference to the core: all
 * they may use reaches them through the context of a callback. Agents use {@link org.liveupdate.api.LiveUpdate} to
 * create sessions and to put files into them.
 *
 * <p>
 * Names, life cycles and error numbers follow the Linux kernel's Live Update Orchestrator.
 */
@Export
@Version("1.0.0")
package org.liveupdate.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
