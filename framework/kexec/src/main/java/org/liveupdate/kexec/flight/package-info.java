/** Phases of a live update in a flight recording (JFR), as only the one who makes the update knows them. */
package org.liveupdate.kexec.flight;
