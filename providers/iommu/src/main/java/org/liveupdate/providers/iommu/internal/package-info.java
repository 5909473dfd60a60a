/** FLB iommu-liveupdate and file handler iommufd-v1. */
package org.liveupdate.providers.iommu.internal;
