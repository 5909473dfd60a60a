package org.liveupdate.core.image;

import java.util.List;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;

/** A small image with one of everything: a session, two files, an FLB, memory scopes, secret blocks. */
final class ReferenceImage {
    private static final List<String> FLBS = List.of("flb-v1");

    private ReferenceImage() {}

    /** As version 1 of the memory's format can say it. */
    static Image imageOfVersion1() {
        return image(memory(false));
    }

    static Image image() {
        return image(memory(true));
    }

    private static Image image(MemoryState memory) {
        FlbEntry flb = new FlbEntry("flb-v1", 0x1000, 2, 1, "org.example.flb");
        SessionEntry session = new SessionEntry("session", FileList.of(List.of(
                new FileEntry("file-v1", 0x3000, 7, FLBS, 2, "org.example.files"),
                new FileEntry("other-v2", 0, -8, FLBS, 0, "org.example.files"))));
        return new Image(new ImageModel(5, List.of(flb), List.of(session)),
                new Moments(1_000_000, 2_000_000, 3_000_000, 1_700_000_000_000L), memory);
    }

    /** The same, left by a core that stopped: the other side has one of everything, too. */
    static Image resumed() {
        return resumed(image());
    }

    static Image resumed(Image image) {
        ImageModel model = image.model();
        FlbEntry flb = new FlbEntry("flb-v1", 0x4000, 1, 0, "org.example.flb");
        SessionEntry session = new SessionEntry("session", FileList.of(List.of(
                new FileEntry("file-v1", 0x5000, 7, FLBS, 0, "org.example.files"),
                new FileEntry("other-v2", 3, 9, List.of(), 0, "org.example.others"))));
        return new Image(new ImageModel(model.number(), model.flbs(), model.sessions(),
                new ImageModel.Resume(4, List.of(flb), List.of(session))), image.moments(), image.memory());
    }

    /** The same, which says who took how long to freeze. */
    static Image frozen() {
        Image image = image();
        Moments moments = image.moments();
        return new Image(image.model(),
                new Moments(moments.prepareBegan(), moments.freezeBegan(), moments.committed(),
                        moments.committedWall(),
                        List.of(new FreezeTime(true, "file-v1", "org.example.files 1.0.0", 2, 0, 2_000_100, 2_600_000,
                                500_000, 400_000),
                                new FreezeTime(false, "flb-v1", "org.example.flb 1.2.0", 1, 1, 2_700_000, 2_900_000,
                                        200_000, 200_000))),
                image.memory());
    }

    private static MemoryState memory(boolean devices) {
        BlockTable.Builder ofFlb = new BlockTable.Builder(2);
        ofFlb.addSummed(0x1000, 0, false, 0x11223344);
        ofFlb.addSummed(0x2000, 0, true, -2);
        BlockTable.Builder ofFile = new BlockTable.Builder(devices ? 3 : 2);
        ofFile.addSummed(0x3000, 0, false, 0);
        ofFile.add(0x8000, 3, false);
        if (devices) {
            ofFile.addWrittenByDevices(0x20000, 5, false);
        }
        BlockTable.Builder erase = new BlockTable.Builder(1);
        erase.add(0x10000, 4, true);
        return new MemoryState("memory-0123456789abcdef", 1 << 30, 3,
                List.of(new ScopeState(1, "flb flb-v1", ofFlb.build()),
                        new ScopeState(2, "file session/7", ofFile.build())),
                erase.build());
    }
}
