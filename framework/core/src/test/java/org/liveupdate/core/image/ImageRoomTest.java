package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;

class ImageRoomTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0, 0", "1, 1, 1", "1, 10000, 3", "300, 7, 2", "1000, 1, 20"})
    void anImageFitsIntoItsRoomAndDoesNotTakeMuchLess(int sessions, int filesOfEach, int blocksOfEach) {
        Image image = image(sessions, filesOfEach, blocksOfEach);
        long files = (long) sessions * filesOfEach;
        long room = new ImageRoom(sessions, files, files, files * blocksOfEach).bytes();
        long length = ImageEncoder.encode(image).remaining();
        assertTrue(length <= room && room <= 2 * length + (128 << 10), room + " bytes for " + length);
    }

    private static Image image(int sessions, int filesOfEach, int blocksOfEach) {
        List<SessionEntry> all = new ArrayList<>();
        List<ScopeState> scopes = new ArrayList<>();
        List<String> flbs = List.of("flb");
        long address = 4096;
        for (int session = 0; session < sessions; session++) {
            List<FileEntry> files = new ArrayList<>();
            for (int file = 0; file < filesOfEach; file++) {
                ScopeState.Builder scope = new ScopeState.Builder(scopes.size() + 1, "file", blocksOfEach);
                for (int block = 0; block < blocksOfEach; block++) {
                    scope.add(address, 0);
                    address += 4096;
                }
                scopes.add(scope.build());
                files.add(new FileEntry("h", 1, file, flbs, scopes.size(), "owner"));
            }
            all.add(new SessionEntry("s" + session, FileList.of(files)));
        }
        FlbEntry flb = new FlbEntry("flb", 1, Math.max(1, scopes.size()), 0, "owner");
        return new Image(new ImageModel(1, List.of(flb), all), new Moments(1, 2, 3, 4),
                new MemoryState("memory-0123456789abcdef", address, scopes.size() + 1, scopes));
    }
}
