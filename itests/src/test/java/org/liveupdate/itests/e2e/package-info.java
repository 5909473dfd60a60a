/**
 * Tests of the exported jars from outside, as a user sees them: processes, exit statuses, output, and what is in the
 * handover directory. Nothing here waits for a time to pass; moments are found by looking at files and processes.
 */
package org.liveupdate.itests.e2e;
