/** File handler record-v1, and the service Records. */
package org.liveupdate.providers.record.internal;
