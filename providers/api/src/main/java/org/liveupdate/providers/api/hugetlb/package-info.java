/**
 * Files of bytes on huge pages, and how many huge pages are in use.
 *
 * <p>{@link org.liveupdate.providers.api.hugetlb.HugeMemfdFactory} is an OSGi service. Its files are preserved by the file
 * handler {@code huge-memfd-v1}, which depends on the FLB {@code hugetlb-v1}, whose live object is
 * {@link org.liveupdate.providers.api.hugetlb.HugePages}. Providers of other files on huge pages take them from
 * {@link org.liveupdate.providers.api.hugetlb.HugePagePool}, and list the same FLB.
 */
@Export
@Version("1.0.0")
package org.liveupdate.providers.api.hugetlb;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
