/** A session cache whose contents survive; not part of the runtime. */
package org.liveupdate.providers.example;
