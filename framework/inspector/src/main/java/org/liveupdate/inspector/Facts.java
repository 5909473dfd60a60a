package org.liveupdate.inspector;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.inspector.ImageReport.Layout;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;

/**
 * What two images are compared by: each thing in an image, by a name that is unique in it, with its fields as text. Of
 * when and where it was written there is nothing.
 */
final class Facts {
    private final Map<String, Map<String, String>> things = new LinkedHashMap<>();

    private Facts() {}

    /** The things in order of appearance. */
    static Map<String, Map<String, String>> of(ImageReport report) {
        Facts facts = new Facts();
        facts.thing("image").put("live update", Long.toUnsignedString(report.model().number()));
        for (Layout layout : report.layouts()) {
            facts.thing("layout " + layout.node()).put("compatible", layout.compatible());
        }
        report.model().flbs().forEach(flb -> facts.flb("", flb));
        report.model().sessions().forEach(session -> facts.session("", session));
        if (report.model().resume() != null) {
            facts.resume(report.model().resume());
        }
        report.memory().ifPresent(facts::memory);
        return facts.things;
    }

    private Map<String, String> thing(String name) {
        return things.computeIfAbsent(name, key -> new LinkedHashMap<>());
    }

    private void resume(ImageModel.Resume resume) {
        String side = "outgoing ";
        thing("outgoing").put("live update", Long.toUnsignedString(resume.number()));
        resume.flbs().forEach(flb -> flb(side, flb));
        resume.sessions().forEach(session -> session(side, session));
    }

    private void flb(String side, FlbEntry flb) {
        Map<String, String> fields = thing(side + "FLB " + flb.name());
        fields.put("files", Long.toUnsignedString(flb.files()));
        fields.put("data", Sizes.hex(flb.data()));
        fields.put("scope", Long.toUnsignedString(flb.scope()));
        fields.put("owner", flb.owner());
    }

    private void session(String side, SessionEntry session) {
        String name = side + "session \"" + session.name() + '"';
        thing(name).put("files", Integer.toString(session.files().size()));
        for (FileEntry file : session.files()) {
            Map<String, String> fields = thing(name + " token " + Long.toUnsignedString(file.token()));
            fields.put("compatible", file.compatible());
            fields.put("data", Sizes.hex(file.data()));
            fields.put("flbs", String.join(", ", file.flbs()));
            fields.put("scope", Long.toUnsignedString(file.scope()));
            fields.put("owner", file.owner());
        }
    }

    private void memory(MemoryState memory) {
        Map<String, String> fields = thing("memory");
        fields.put("file", memory.fileName());
        fields.put("bytes", Long.toString(memory.fileBytes()));
        for (ScopeState scope : memory.scopes()) {
            String name = "scope " + Long.toUnsignedString(scope.id());
            thing(name).put("owner", scope.owner());
            blocks(name, scope.table());
        }
        blocks("to be erased", memory.erase());
    }

    private void blocks(String name, BlockTable table) {
        thing(name).put("blocks", Integer.toString(table.size()));
        thing(name).put("bytes", Long.toString(Blocks.bytes(table)));
        for (int i = 0; i < table.size(); i++) {
            Map<String, String> fields = thing(name + " block " + Sizes.hex(table.address(i)));
            fields.put("bytes", Long.toString(Blocks.bytes(table, i)));
            fields.put("checksum", Objects.requireNonNullElse(Blocks.checksum(table, i), "none"));
            fields.put("by devices", Boolean.toString(table.isWrittenByDevices(i)));
            fields.put("secret", Boolean.toString(table.isSecret(i)));
        }
    }
}
