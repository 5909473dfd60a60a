/** Whether live update is healthy, as the Felix health checks ask it. */
package org.liveupdate.health;
