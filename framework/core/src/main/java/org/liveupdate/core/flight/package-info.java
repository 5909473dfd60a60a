/** Events of a flight recording (JFR): every callback and every phase, so that it shows where the time went. */
package org.liveupdate.core.flight;
