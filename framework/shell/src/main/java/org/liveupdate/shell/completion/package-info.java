/**
 * Completion of a command line with the tabulator key, in a shell that has it: that of the bundle
 * {@code org.apache.felix.gogo.jline}. Only scripts go to it, so that neither needs classes of the other.
 */
package org.liveupdate.shell.completion;
