package org.liveupdate.providers.iommu.internal;

import java.util.List;
import org.liveupdate.providers.api.memory.Pin;

/**
 * What nobody needs any more.
 *
 * @param domains to be freed, with their devices detached
 * @param pins to be let go then, and not before: until then devices reach what is pinned
 */
record Discarded(List<Domain> domains, List<Pin> pins) {}
