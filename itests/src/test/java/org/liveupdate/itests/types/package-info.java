/** Types that provider and users share. */
package org.liveupdate.itests.types;
