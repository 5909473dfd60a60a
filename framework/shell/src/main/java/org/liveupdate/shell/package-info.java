/**
 * Gogo commands, one class for each group of them. They return data, which {@code org.liveupdate.shell.text} shows, and what
 * they refuse is a {@code LiveUpdateException}.
 */
package org.liveupdate.shell;
