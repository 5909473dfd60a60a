package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of the web console while the JVM that serves it is replaced. */
@Timeout(180)
class ConsoleUpdateE2eIT {
    @TempDir
    Path place;

    @Test
    void thePageFollowsALiveUpdateAndShowsItsTimeLine() throws Exception {
        Assumptions.assumeTrue(Browser.isInstalled(),
                "no browser is installed (Debian: chromium and chromium-driver)");
        Liveupdate liveupdate = new Liveupdate(place).shortLived();
        try (Console console = Console.start(liveupdate, freePort()); Browser browser = Browser.start()) {
            browser.open(console.page());
            console.run().type("create vm-web");
            console.run().type("preserve vm-web 1 /etc/hostname");
            browser.awaitText("[data-key='session OUTGOING vm-web file 1']", "preserved");
            console.run().type("hc:exec liveupdate");
            console.run().awaitLine("Overall Health Result: OK");

            console.run().type("kexec --yes");
            browser.awaitText("#generation", "after 1 update");
            browser.awaitText("#connection", "live");
            browser.awaitText("[data-key='session INCOMING vm-web']", "1 file, incoming");
            console.run().type("copy = (retrieve vm-web 1)");
            browser.awaitText("#update-summary", "nothing was served for");

            for (String phase : List.of("prepare", "freeze", "handover", "blackout", "finish")) {
                assertEquals(1, browser.count(".phases li." + phase), phase);
            }
            assertEquals(1, browser.count(".chart rect.blackout"));
            assertTrue(browser.run("return document.querySelector('.chart').textContent").getAsString()
                    .contains("retrieve memfd-v"));
            browser.click("#timeline summary");
            String figures = browser.text("#timeline table");
            assertTrue(figures.contains("freeze") && figures.contains("retrieve"), figures);
            browser.screenshot(Path.of("target", "screenshots", "update.png"));
        }
    }

    /** The same for both generations. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
