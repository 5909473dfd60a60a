package org.liveupdate.demo.files;

import java.util.HashMap;
import java.util.Map;
import org.liveupdate.api.runtime.dto.FileDTO;
import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.demo.files.Cargo.Copy;
import org.liveupdate.demo.run.Ascii;
import org.liveupdate.demo.run.Table;
import org.liveupdate.demo.run.Units;

/** What the core says of itself, as tables. */
final class StateTables {
    private static final int NAME = 26;
    private static final int BUNDLE = 48;
    private static final int HOLDERS_SHOWN = 4;

    private final RuntimeDTO state;
    private final long manifestBytes;
    /** By session and token. */
    private final Map<String, Copy> copies = new HashMap<>();

    /**
     * Tables.
     *
     * @param cargo
     *            what is in the sessions
     * @param manifestBytes
     *            size of the manifest
     */
    StateTables(RuntimeDTO state, Cargo cargo, long manifestBytes) {
        this.state = state;
        this.manifestBytes = manifestBytes;
        cargo.copies().forEach(copy -> copies.put(key(copy.session(), copy.entry().token()), copy));
    }

    Table sessions() {
        Table table = new Table().left("session").left("side").right("files").right("bytes");
        for (SessionDTO session : state.sessions) {
            long bytes = 0;
            for (FileDTO file : session.files) {
                bytes += bytes(session, file);
            }
            table.row(Ascii.cut(session.name, NAME), session.side, Units.exact(session.files.length),
                    Units.exact(bytes));
        }
        return table;
    }

    Table files() {
        Table table = new Table().left("session").right("token").left("handler").right("bytes").right("pages")
                .left("depends on").left("loaded from");
        for (SessionDTO session : state.sessions) {
            for (FileDTO file : session.files) {
                table.row(Ascii.cut(session.name, 12), Long.toString(file.token), Ascii.cut(file.compatible, 16),
                        Units.exact(bytes(session, file)), Units.exact(file.pages),
                        file.flbs.length == 0 ? Units.NONE : Ascii.cut(String.join(", ", file.flbs), 16),
                        Ascii.cut(source(session, file), NAME));
            }
        }
        return table;
    }

    Table flbs() {
        Table table = new Table().left("FLB").left("state").right("files").right("preserved")
                .left("provided by");
        for (FlbDTO flb : state.flbs) {
            table.row(Ascii.cut(flb.compatible, 20), flb.state, Units.exact(flb.files), Units.exact(flb.preserved),
                    Ascii.cut(String.valueOf(flb.module), BUNDLE - 1));
        }
        return table;
    }

    Table modules() {
        Table table = new Table().left("module").right("refs").left("used by");
        for (ModuleDTO module : state.modules) {
            String name = Ascii.cut(module.name, BUNDLE);
            String references = Units.exact(module.references);
            if (module.usedBy.length == 0) {
                table.row(name, references, Units.NONE);
            }
            int shown = module.usedBy.length > HOLDERS_SHOWN + 1 ? HOLDERS_SHOWN : module.usedBy.length;
            for (int index = 0; index < shown; index++) {
                table.row(index == 0 ? name : "", index == 0 ? references : "", Ascii.cut(module.usedBy[index], 40));
            }
            if (shown < module.usedBy.length) {
                table.row("", "", "and " + (module.usedBy.length - shown) + " more");
            }
        }
        return table;
    }

    private long bytes(SessionDTO session, FileDTO file) {
        Copy copy = copy(session, file);
        if (copy != null) {
            return copy.size();
        }
        return isManifest(session, file) ? manifestBytes : 0;
    }

    private String source(SessionDTO session, FileDTO file) {
        Copy copy = copy(session, file);
        if (copy != null) {
            return copy.entry().shortName();
        }
        return isManifest(session, file) ? "what is to be proved" : Units.NONE;
    }

    private static boolean isManifest(SessionDTO session, FileDTO file) {
        return session.name.equals(Cargo.MEMFD_SESSION) && file.token == Cargo.MANIFEST_TOKEN;
    }

    private Copy copy(SessionDTO session, FileDTO file) {
        return copies.get(key(session.name, file.token));
    }

    private static String key(String session, long token) {
        return session + "/" + token;
    }
}
