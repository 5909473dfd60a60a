/** FLB hugetlb-v1 and file handler huge-memfd-v1. */
package org.liveupdate.providers.hugetlb.internal;
