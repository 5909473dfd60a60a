/** Data as people and programs read it: a view for each kind of DTO, and JSON for all of them. */
package org.liveupdate.shell.text;
