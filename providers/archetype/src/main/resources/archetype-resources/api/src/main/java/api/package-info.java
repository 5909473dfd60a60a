/** What others see of thermometers: apart from the bundle that serves them, so that it can be replaced. */
@Export
@Version("1.0.0")
package ${package}.api;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
