/**
 * Reads dumps of what the original, the Live Update Orchestrator of Linux, preserves: pages of physical memory with
 * their addresses.
 */
package org.liveupdate.inspector.linux;
