/** What the core writes down: a table of all events, the last of them, and where they are logged. */
package org.liveupdate.core.journal;
