/**
 * A provider bundle for the tests that install, update and remove providers: {@code NotesActivator} and what it needs
 * are packed into jars by {@link org.liveupdate.itests.notes.NotesBundle}. Files are texts, kept in handover memory.
 */
package org.liveupdate.itests.notes;
