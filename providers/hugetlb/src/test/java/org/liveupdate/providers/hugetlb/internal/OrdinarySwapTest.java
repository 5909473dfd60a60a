package org.liveupdate.providers.hugetlb.internal;

import java.util.Map;

/** On ordinary pages of handover memory. */
class OrdinarySwapTest extends SwapCases {

    @Override
    Map<String, String> backing() {
        return Map.of();
    }
}
