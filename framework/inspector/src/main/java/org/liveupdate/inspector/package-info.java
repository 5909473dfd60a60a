/**
 * Looks at images and at dumps of the original: a tool for people, which believes nothing and changes nothing.
 *
 * <p>
 * {@link org.liveupdate.inspector.ImageTool} is the command. It reads what is there ({@code Finder}, {@code OwnImage},
 * {@link org.liveupdate.inspector.linux}) into an {@link org.liveupdate.inspector.ImageReport}, which is then printed,
 * verified or compared. Files are read through channels, never mapped; nothing is written, and no lock file is opened.
 */
package org.liveupdate.inspector;
