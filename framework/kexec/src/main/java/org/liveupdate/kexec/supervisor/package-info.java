/**
 * The supervisor: the thin JVM that the user starts. It is the parent of every generation, brings two of them together
 * for a live update, passes signals on, stays in the foreground over all of them, and ends with the last one's exit
 * status. Plain JDK and {@code org.liveupdate.kho}; no OSGi.
 */
package org.liveupdate.kexec.supervisor;
