/**
 * Contract tests for the authors of FLBs and file handlers.
 *
 * <p>Extend {@link org.liveupdate.testkit.FileHandlerContractTest} or {@link org.liveupdate.testkit.FlbContractTest},
 * and say how a provider is started, how its files are made, and what has to be the same after an update. Each test
 * bears the name of the rule that it checks, and runs the provider in a real core.
 */
@Export
@Version("1.0.0")
package org.liveupdate.testkit;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
