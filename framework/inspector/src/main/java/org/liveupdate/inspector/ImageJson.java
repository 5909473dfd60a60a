package org.liveupdate.inspector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.core.image.Moments;
import org.liveupdate.inspector.ImageReport.Layout;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;
import org.liveupdate.kho.image.TrailerFields;

/**
 * One image or dump as a value that {@link JsonText} writes; the field names are a contract, see the README. What is
 * somebody's own 64 bits is a string, because many readers of JSON have 53.
 */
final class ImageJson {
    private ImageJson() {}

    static Map<String, Object> of(ImageReport report) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", report.kind().toString());
        json.put("path", report.path().toString());
        json.put("bytes", report.bytes());
        json.put("state", report.state().isEmpty() ? null : report.state());
        json.put("number", report.model().number() == 0 ? null : JsonText.unsigned(report.model().number()));
        json.put("trailer", report.trailer().map(ImageJson::trailer).orElse(null));
        json.put("faults", report.faults().stream().map(ImageJson::fault).toList());
        json.put("unknown", report.unknown());
        json.put("timeline", report.moments().map(ImageJson::timeline).orElse(null));
        json.put("layouts", report.layouts().stream().map(ImageJson::layout).toList());
        json.put("flbs", report.model().flbs().stream().map(ImageJson::flb).toList());
        json.put("sessions", report.model().sessions().stream().map(ImageJson::session).toList());
        json.put("resume", report.model().resume() == null ? null : resume(report.model().resume()));
        json.put("memory", report.memory().map(ImageJson::memory).orElse(null));
        return json;
    }

    private static Map<String, Object> trailer(TrailerFields trailer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", trailer.version());
        json.put("compatible", trailer.compatible());
        json.put("length", trailer.length());
        json.put("checksum", String.format("%08x", trailer.checksum()));
        json.put("actualChecksum", String.format("%08x", trailer.actualChecksum()));
        return json;
    }

    static Map<String, Object> fault(Fault fault) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", fault.kind());
        json.put("offset", fault.offset() == -1 ? null : fault.offset());
        json.put("expected", fault.expected());
        json.put("found", fault.found());
        return json;
    }

    private static Map<String, Object> timeline(Moments moments) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("prepareBegan", moments.prepareBegan());
        json.put("freezeBegan", moments.freezeBegan());
        json.put("committed", moments.committed());
        json.put("committedWall", moments.committedWall());
        return json;
    }

    private static Map<String, Object> layout(Layout layout) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("node", layout.node());
        json.put("compatible", layout.compatible());
        json.put("known", layout.known());
        return json;
    }

    private static Map<String, Object> resume(ImageModel.Resume resume) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", JsonText.unsigned(resume.number()));
        json.put("flbs", resume.flbs().stream().map(ImageJson::flb).toList());
        json.put("sessions", resume.sessions().stream().map(ImageJson::session).toList());
        return json;
    }

    private static Map<String, Object> flb(FlbEntry flb) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", flb.name());
        json.put("files", JsonText.unsigned(flb.files()));
        json.put("data", Sizes.hex(flb.data()));
        json.put("scope", JsonText.unsigned(flb.scope()));
        json.put("owner", flb.owner().isEmpty() ? null : flb.owner());
        return json;
    }

    private static Map<String, Object> session(SessionEntry session) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", session.name());
        json.put("files", session.files().stream().map(ImageJson::file).toList());
        return json;
    }

    private static Map<String, Object> file(FileEntry file) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("token", Long.toUnsignedString(file.token()));
        json.put("compatible", file.compatible());
        json.put("data", Sizes.hex(file.data()));
        json.put("flbs", file.flbs());
        json.put("scope", JsonText.unsigned(file.scope()));
        json.put("owner", file.owner().isEmpty() ? null : file.owner());
        return json;
    }

    private static Map<String, Object> memory(MemoryState memory) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("file", memory.fileName());
        json.put("bytes", memory.fileBytes());
        json.put("nextScope", JsonText.unsigned(memory.nextScopeId()));
        json.put("preservedBytes", Blocks.bytes(memory));
        json.put("scopes", memory.scopes().stream().map(ImageJson::scope).toList());
        json.put("erase", blocks(memory.erase()));
        return json;
    }

    private static Map<String, Object> scope(ScopeState scope) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", JsonText.unsigned(scope.id()));
        json.put("owner", scope.owner());
        json.put("bytes", Blocks.bytes(scope.table()));
        json.put("blocks", blocks(scope.table()));
        return json;
    }

    private static List<Object> blocks(BlockTable table) {
        List<Object> blocks = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            Map<String, Object> block = new LinkedHashMap<>();
            block.put("address", Sizes.hex(table.address(i)));
            block.put("bytes", Blocks.bytes(table, i));
            block.put("checksum", Blocks.checksum(table, i));
            block.put("secret", table.isSecret(i));
            block.put("writtenByDevices", table.isWrittenByDevices(i));
            blocks.add(block);
        }
        return blocks;
    }
}
