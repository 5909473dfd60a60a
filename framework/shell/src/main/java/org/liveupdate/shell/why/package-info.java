/**
 * Explains in plain sentences why something is refused, pinned, missing or in the way, and what to do about it. Knows data
 * only: what the core tells of itself, and what the framework tells of its bundles.
 */
package org.liveupdate.shell.why;
