package org.liveupdate.shell.text;

import java.util.List;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;

/** FLBs, one line for each life cycle. */
final class FlbsView extends View<Flbs> {
    FlbsView() {
        super(Flbs.class);
    }

    @Override
    String text(List<Flbs> all) {
        TextTable table = TextTable.of("flb", "side", "state", "files", "handles", "pages", "bundle", "note")
                .alignRight(3, 4, 5);
        boolean empty = true;
        for (Flbs flbs : all) {
            for (FlbDTO flb : flbs.outgoing()) {
                table.row(flb.compatible, "outgoing", flb.links == 0 ? "UNLINKED" : flb.state, flb.files, flb.handles,
                        flb.pages, flb.module, flb.detached);
                empty = false;
            }
            for (IncomingFlbDTO flb : flbs.incoming()) {
                table.row(flb.compatible, "incoming", flb.state, flb.files, flb.handles, flb.pages, flb.module,
                        flb.detached == null ? flb.failure : flb.detached);
                empty = false;
            }
        }
        return empty ? "no FLB is registered, and none was handed over" : table.toString();
    }
}
