package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An image was left behind by a run that was stopped. */
@Timeout(120)
class LeftImageE2eIT {
    @TempDir
    Path place;

    private Liveupdate liveupdate;
    private Path image;

    @BeforeEach
    void leaveAnImage() throws Exception {
        liveupdate = new Liveupdate(place).shortLived();
        image = LeftImage.leave(liveupdate, liveupdate.input("one", 2_000_000), liveupdate.input("two", 4096));
    }

    @Test
    void theDemoRefusesItAndThenGoesOnWithIt() throws Exception {
        try (Run run = liveupdate.demo(liveupdate.input("another", 100))) {
            run.end().failed(1, image, "--resume", "--discard");
        }
        assertEquals(Optional.of(image), liveupdate.images().pending());

        LeftImage.resume(liveupdate, 4);
    }

    @Test
    void itCanBeGivenUp() throws Exception {
        try (Run run = liveupdate.demo("--discard", liveupdate.input("another", 100))) {
            run.end().succeeded().said("discarded " + image).said("OK: 2 files, 200 bytes, 1 live update");
        }
        assertEquals(Optional.empty(), liveupdate.images().pending());
        assertTrue(liveupdate.preserved().stream().noneMatch(name -> name.startsWith("memory")),
                () -> "memory that nobody needs");
        assertEquals(List.of(), liveupdate.rubbish());
    }
}
