/** A page on the Felix web console: what the core shows of itself, live. It reads runtime DTOs and changes nothing. */
package org.liveupdate.console;
