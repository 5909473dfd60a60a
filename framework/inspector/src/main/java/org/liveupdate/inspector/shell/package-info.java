/** The tool in the Gogo shell: {@code liveupdate:image}. */
package org.liveupdate.inspector.shell;
