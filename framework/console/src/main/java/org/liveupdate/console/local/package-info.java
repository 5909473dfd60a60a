/** The web server of a runtime that has none: on the loopback interface, for whoever knows the password of the run. */
package org.liveupdate.console.local;
