package org.liveupdate.demo.run;

import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;

/**
 * How often an FLB was preserved by the generation that hands over.
 *
 * @param compatible
 *            its compatible string
 * @param preserved
 *            calls of preserve; 1 is what is promised
 */
public record FlbCount(String compatible, long preserved) {
    /** Those that files hold now. */
    public static List<FlbCount> of(RuntimeDTO state) {
        List<FlbCount> counts = new ArrayList<>();
        for (FlbDTO flb : state.flbs) {
            if (flb.files > 0) {
                counts.add(new FlbCount(flb.compatible, flb.preserved));
            }
        }
        return counts;
    }
}
