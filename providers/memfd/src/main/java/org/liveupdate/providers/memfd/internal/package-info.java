/** File handler memfd-v2, which reads memfd-v1, too. */
package org.liveupdate.providers.memfd.internal;
