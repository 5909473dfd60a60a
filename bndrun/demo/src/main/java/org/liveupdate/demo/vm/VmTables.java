package org.liveupdate.demo.vm;

import java.util.List;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.demo.run.Ascii;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Table;
import org.liveupdate.demo.run.Units;

/** What the core says of a preserved guest, and what generations used. */
final class VmTables {
    private final Report report;
    private final RuntimeDTO state;

    VmTables(Report report, RuntimeDTO state) {
        this.report = report;
        this.state = state;
    }

    void show() {
        report.heading("One session holds the guest; no byte of it was copied for that");
        Table files = new Table().right("token").left("handler").right("pages").left("depends on");
        for (SessionDTO session : state.sessions) {
            for (FileDTO file : session.files) {
                files.row(Long.toString(file.token), Ascii.cut(file.compatible, 24), Units.exact(file.pages),
                        file.flbs.length == 0 ? Units.NONE : Ascii.cut(String.join(", ", file.flbs), 24));
            }
        }
        report.table(files);
        report.heading("The state that files share (FLB) is saved once, with the first file that depends on it");
        Table flbs = new Table().left("FLB").left("state").right("files").right("preserved").left("provided by");
        for (FlbDTO flb : state.flbs) {
            flbs.row(Ascii.cut(flb.compatible, 24), flb.state, Units.exact(flb.files), Units.exact(flb.preserved),
                    Ascii.cut(String.valueOf(flb.module), 48));
        }
        report.table(flbs);
    }

    /** What each generation used when everything was preserved. */
    static Table footprints(List<Footprint> footprints) {
        Table table = new Table().right("generation").right("pages").right("heap").right("threads").right("files open");
        int number = 0;
        for (Footprint footprint : footprints) {
            number++;
            table.row(Units.exact(number), Units.exact(footprint.pages()), Units.size(footprint.heap()),
                    Units.exact(footprint.threads()), Units.exact(footprint.descriptors()));
        }
        return table;
    }
}
