/** The core in JMX, to be looked at with any client and changed with none. */
package org.liveupdate.jmx;
