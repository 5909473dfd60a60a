package org.liveupdate.providers.api.fatal;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** The fatal conditions that one provider has detected. An OSGi service of each provider that can. Thread safe. */
@ConsumerType
public interface FatalConditions {

    /**
     * What was detected since the bundle started, oldest first.
     *
     * @return a copy; empty if all is well
     */
    List<FatalCondition> list();
}
