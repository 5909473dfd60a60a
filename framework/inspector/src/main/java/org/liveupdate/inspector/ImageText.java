package org.liveupdate.inspector;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Instant;
import java.util.Locale;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.core.image.Moments;
import org.liveupdate.inspector.ImageReport.Kind;
import org.liveupdate.inspector.ImageReport.Layout;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;
import org.liveupdate.kho.image.TrailerFields;

/** One image or dump as a tree for people. */
final class ImageText {
    private static final double NANOS_PER_MILLI = 1e6;

    private final ImageReport report;
    private final boolean blocks;
    private final Outline outline = new Outline();

    private ImageText(ImageReport report, boolean blocks) {
        this.report = report;
        this.blocks = blocks;
    }

    /**
     * The lines.
     *
     * @param blocks
     *            whether each block of memory has a line
     */
    static String of(ImageReport report, boolean blocks) {
        return new ImageText(report, blocks).text();
    }

    private String text() {
        outline.line(0, Plain.text(report.path().toString()));
        head();
        report.faults().forEach(fault -> outline.row(1, "FAULT", Plain.text(fault.sentence(isDump()))));
        report.unknown().forEach(sentence -> outline.row(1, "not known", sentence));
        report.moments().ifPresent(this::timeline);
        outline.line(1, "layouts: " + report.layouts().size());
        for (Layout layout : report.layouts()) {
            outline.row(2, layout.node(), Plain.text(layout.compatible()), layout.known() ? "" : "not known here");
        }
        outline.line(1, "FLBs: " + report.model().flbs().size());
        report.model().flbs().forEach(this::flb);
        outline.line(1, "sessions: " + report.model().sessions().size() + ", files: " + report.files());
        report.model().sessions().forEach(this::session);
        if (report.model().resume() != null) {
            resume(report.model().resume());
        }
        report.memory().ifPresent(this::memory);
        return outline.toString();
    }

    private boolean isDump() {
        return report.kind() == Kind.LINUX;
    }

    private void head() {
        outline.row(1, "kind", report.kind().toString());
        if (!report.state().isEmpty()) {
            outline.row(1, "state", States.sentence(report.state()));
        }
        outline.row(1, "live update", report.model().number() == 0 ? "unknown"
                : Long.toUnsignedString(report.model().number()));
        outline.row(1, "size", Sizes.human(report.bytes()));
        report.trailer().ifPresent(this::trailer);
    }

    private void trailer(TrailerFields trailer) {
        outline.row(1, "format", trailer.version() + ", for readers of " + trailer.compatible() + " and later");
        String stored = String.format("%08x", trailer.checksum());
        outline.row(1, "checksum", trailer.checksum() == trailer.actualChecksum() ? stored + ", correct"
                : stored + ", WRONG: the contents have " + String.format("%08x", trailer.actualChecksum()));
    }

    private void timeline(Moments moments) {
        outline.line(1, "time line:");
        outline.row(2, "committed", Instant.ofEpochMilli(moments.committedWall()).toString());
        outline.row(2, "freeze began", before(moments.committed() - moments.freezeBegan()));
        outline.row(2, "prepare began", before(moments.committed() - moments.prepareBegan()));
    }

    private static String before(long nanos) {
        return String.format(Locale.ROOT, "%.3f ms before", nanos / NANOS_PER_MILLI);
    }

    private void flb(FlbEntry flb) {
        outline.row(2, Plain.text(flb.name()), Sizes.count(flb.files(), "file"), "data " + Sizes.hex(flb.data()),
                scope(flb.scope()), owner(flb.owner()));
    }

    private void session(SessionEntry session) {
        outline.line(2, '"' + Plain.text(session.name()) + "\": " + Sizes.count(session.files().size(), "file"));
        for (FileEntry file : session.files()) {
            outline.row(3, "token " + Long.toUnsignedString(file.token()), Plain.text(file.compatible()),
                    "data " + Sizes.hex(file.data()), scope(file.scope()), owner(file.owner()),
                    file.flbs().isEmpty() ? "" : "holds " + Plain.text(String.join(", ", file.flbs())));
        }
    }

    private void resume(ImageModel.Resume resume) {
        outline.line(1, "goes on as outgoing, after live update " + resume.number() + ":");
        outline.line(2, "FLBs: " + resume.flbs().size());
        resume.flbs().forEach(this::flb);
        outline.line(2, "sessions: " + resume.sessions().size());
        resume.sessions().forEach(this::session);
    }

    private String scope(long scope) {
        return isDump() ? "" : scope == 0 ? "no scope" : "scope " + Long.toUnsignedString(scope);
    }

    private static String owner(String owner) {
        return owner.isEmpty() ? "" : "of " + Plain.text(owner);
    }

    private void memory(MemoryState memory) {
        outline.line(1, "memory:");
        outline.row(2, "file", memory.fileName(), report.memoryFile().filter(
                file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isPresent() ? "there" : "not there");
        outline.row(2, "size", Sizes.human(memory.fileBytes()));
        outline.row(2, "next scope", Long.toString(memory.nextScopeId()));
        outline.line(2, "scopes: " + memory.scopes().size() + ", blocks: " + Blocks.count(memory) + ", preserved: "
                + Sizes.human(Blocks.bytes(memory)));
        for (ScopeState scope : memory.scopes()) {
            table("scope " + Long.toUnsignedString(scope.id()), scope.table(), scope.owner());
        }
        if (memory.erase().size() > 0) {
            table("to be erased", memory.erase(), "of nobody");
        }
    }

    private void table(String name, BlockTable table, String owner) {
        outline.row(3, name, Sizes.count(table.size(), "block"), Sizes.human(Blocks.bytes(table)),
                Blocks.summed(table) + " with checksum" + devices(table), Blocks.secret(table) + " secret",
                Plain.text(owner));
        for (int i = 0; blocks && i < table.size(); i++) {
            outline.row(4, Sizes.hex(table.address(i)), Sizes.human(Blocks.bytes(table, i)),
                    Blocks.contents(table, i), table.isSecret(i) ? "secret" : "");
        }
    }

    private static String devices(BlockTable table) {
        long written = Blocks.writtenByDevices(table);
        return written == 0 ? "" : ", " + written + " written by devices, not checked";
    }
}
