/** What the bundles of a test provider are made of: {@link org.liveupdate.itests.PoolBundle} puts it into jars. */
package org.liveupdate.itests.pool;
