package org.liveupdate.providers.hugetlb.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured under {@link #PID}. */
@ObjectClassDefinition(id = HugetlbConfiguration.PID, name = "Liveupdate huge pages",
        description = "How many huge pages files may have, and where real ones are.")
@interface HugetlbConfiguration {

    String PID = "org.liveupdate.providers.hugetlb";

    @AttributeDefinition(name = "Pages by size", required = false,
            description = "Such as 2M:512 and 1G:2; sizes that are not named have as many pages as make 8 GiB. If empty: "
                    + "the framework property liveupdate.hugetlb.pages.")
    String[] pages() default {};

    @AttributeDefinition(name = "hugetlbfs directory", required = false,
            description = "A directory on a hugetlbfs mount, this framework's alone and not writable by everybody. If "
                    + "empty: the framework property liveupdate.hugetlb.mount.")
    String mount() default "";
}
