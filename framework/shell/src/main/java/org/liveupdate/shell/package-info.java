/** Gogo commands: one class for each group of them, and one converter for each kind of data that they return. */
package org.liveupdate.shell;
