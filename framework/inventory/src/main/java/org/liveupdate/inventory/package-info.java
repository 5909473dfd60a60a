/** The core in the inventory of Felix: what support asks for. */
package org.liveupdate.inventory;
