/** File handler memfd-v1. */
package org.liveupdate.providers.memfd.internal;
