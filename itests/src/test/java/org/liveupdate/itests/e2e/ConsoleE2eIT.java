package org.liveupdate.itests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of the web console as a person uses it, in Chromium; pictures of it are left in target/screenshots. */
@Timeout(120)
class ConsoleE2eIT {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final long SECOND_MILLIS = 1000;
    private static final String SESSIONS = "#preserved .column:first-of-type";
    private static final String HANDLER = "handler memfd-v2";
    private static final String RIGHT = "\uE014";
    private static final String DOWN = "\uE015";
    private static final String LEFT = "\uE012";
    private static final String ESCAPE = "\uE00C";
    private static final String ENTER = "\uE007";
    private static final String TAB = "\uE004";

    @TempDir
    static Path place;

    private static Console console;
    private static Browser browser;

    @BeforeAll
    static void openThePage() throws Exception {
        Assumptions.assumeTrue(Browser.isInstalled(),
                "no browser is installed (Debian: chromium and chromium-driver)");
        console = Console.start(place);
        browser = Browser.start();
        browser.open(console.page());
        browser.awaitText("#connection", "live");
    }

    @AfterAll
    static void closeAll() throws Exception {
        try {
            if (browser != null) {
                assertEquals(List.of(), browser.complaints(), "what the browser complains of");
            }
        } finally {
            for (AutoCloseable started : Stream.of(browser, console).filter(Objects::nonNull).toList()) {
                started.close();
            }
        }
    }

    @AfterEach
    void closeSessions() throws Exception {
        for (String session : List.of("vm-db", "vm-web", "vm-late")) {
            if (browser.count(card("session OUTGOING " + session)) > 0) {
                console.run().type("close --yes " + session);
            }
        }
        browser.press(ESCAPE);
        browser.awaitText(SESSIONS, "none");
    }

    @Test
    void aChangeInTheFrameworkAppearsWithinASecond() throws Exception {
        console.run().type("create vm-web");
        browser.awaitText(card("session OUTGOING vm-web"), "0 files, outgoing");
        for (int file = 1; file <= 5; file++) {
            console.run().type("preserve vm-web " + file + " /etc/hostname");
            console.run().awaitLine("vm-web   outgoing      " + file);
            long answered = System.nanoTime();
            browser.awaitText(card("session OUTGOING vm-web file " + file), "preserved");
            long millis = (System.nanoTime() - answered) / 1_000_000;
            assertTrue(millis < SECOND_MILLIS, millis + " ms");
        }
        assertTrue(browser.text("#summary").contains("5\nfiles"), browser.text("#summary"));
    }

    @Test
    void whatDependsOnWhatIsFoundWithTheMouse() throws Exception {
        preserveTwoSessions();

        browser.click(card(HANDLER));

        assertEquals("true", attribute(card(HANDLER), "aria-pressed"));
        assertTrue(browser.text("#selection").contains("org.liveupdate.providers.memfd"), browser.text("#selection"));
        assertEquals(0,
                browser.count(".dim[data-key^='session '], .dim[data-key^='module org.liveupdate.providers.memfd']"));
        assertEquals(1, browser.count(".dim" + card("handler huge-memfd-v1")));
        assertTrue(browser.count(".lines path.on") >= 6);
        browser.screenshot(SCREENSHOTS.resolve("selection.png"));
        browser.click(card(HANDLER));
        assertEquals(0, browser.count(".dim"));
        assertEquals("", browser.text("#selection"));
    }

    @Test
    void whatDependsOnWhatIsFoundWithTheKeyboard() throws Exception {
        preserveTwoSessions();

        browser.run("document.querySelector(arguments[0]).focus()", card("session OUTGOING vm-db"));
        browser.press(DOWN);
        assertEquals("session OUTGOING vm-web", focused());
        browser.press(RIGHT);
        assertEquals("session OUTGOING vm-web file 1", focused());
        browser.press(RIGHT);
        browser.press(ENTER);
        assertTrue(focused().startsWith("handler "), focused());
        assertEquals("true", attribute(card(focused()), "aria-pressed"));
        browser.press(LEFT);
        browser.press(ESCAPE);
        assertEquals(0, browser.count("[aria-pressed=true].card"));
    }

    @Test
    void theFirstStopOfTheKeyboardLeadsPastTheNavigation() throws Exception {
        browser.press(TAB);
        browser.press(ENTER);

        assertTrue(browser.run("return location.hash").getAsString().equals("#preserved"));
        browser.press(TAB);
        assertEquals("graph", browser.run("return document.activeElement.dataset.view").getAsString());
    }

    @Test
    void theFocusStaysWhereItIsWhenThePageChanges() throws Exception {
        preserveTwoSessions();
        browser.run("document.querySelector(arguments[0]).focus()", card("session OUTGOING vm-db"));

        console.run().type("create vm-late");
        browser.awaitText(card("session OUTGOING vm-late"), "0 files");

        assertEquals("session OUTGOING vm-db", focused());
    }

    @Test
    void theGraphIsATableToo() throws Exception {
        preserveTwoSessions();

        browser.click("[data-view=table]");

        assertFalse(browser.run("return document.querySelector('#graph').checkVisibility()").getAsBoolean());
        String table = browser.text("#files table");
        for (String cell : List.of("vm-web", "vm-db", "outgoing", "memfd-v2", "preserved")) {
            assertTrue(table.contains(cell), table);
        }
        assertEquals(3, browser.count("#files tbody tr"));
        browser.screenshot(SCREENSHOTS.resolve("table.png"));
        browser.click("[data-view=graph]");
        assertTrue(browser.run("return document.querySelector('#graph').checkVisibility()").getAsBoolean());
    }

    @Test
    void aProviderThatLeavesIsTroubleUntilItComesBack() throws Exception {
        preserveTwoSessions();

        String id = browser.run("return [...document.querySelectorAll('#lsmod tbody tr')].find(row =>"
                + " row.innerText.includes('providers.memfd')).cells[1].innerText").getAsString();
        console.run().type("stop " + id);
        browser.awaitText("#troubles", "File 1 of session vm-web.");
        browser.awaitText(card("session OUTGOING vm-web file 1"), "detached");
        browser.awaitText(card(HANDLER), "not registered");
        browser.screenshot(SCREENSHOTS.resolve("trouble.png"));
        healthCheckAndInventorySayItToo();

        console.run().type("start " + id);
        browser.awaitText(card("session OUTGOING vm-web file 1"), "preserved");
        assertEquals("", browser.text("#troubles"));
    }

    private static void healthCheckAndInventorySayItToo() throws Exception {
        console.run().type("hc:exec liveupdate");
        console.run().awaitLine("Overall Health Result: CRITICAL");
        console.run().awaitLine("CRITICAL File 1 of session vm-web (memfd-v2) is DETACHED");
        String inventory = console.ask("GET", "/system/console/status-liveupdate.txt").body();
        assertTrue(inventory.contains("  - name: vm-web"), inventory);
        assertTrue(inventory.contains("failure: ENODEV: file 1 of outgoing session \"vm-web\" is detached"), inventory);
    }

    @Test
    void nobodyIsLeftOutByColoursOrMissingNames() throws Exception {
        preserveTwoSessions();
        assertEquals(List.of(), browser.complaints());
        browser.run(axe() + "; return true");

        for (String scheme : List.of("light", "dark")) {
            browser.prefer("prefers-color-scheme", scheme);
            for (String view : List.of("table", "graph")) {
                browser.click("[data-view=" + view + "]");
                assertEquals("[]", browser.await("return (await axe.run()).violations.map(v => v.id + ': '"
                        + " + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | '))").toString(), scheme);
            }
            browser.screenshot(SCREENSHOTS.resolve(scheme + ".png"));
        }
        // those of the browser about what looks for violations
        browser.complaints();
    }

    private void preserveTwoSessions() throws Exception {
        for (String command : List.of("create vm-db", "create vm-web", "preserve vm-web 1 /etc/hostname",
                "preserve vm-web 2 /etc/hostname", "preserve vm-db 3 /etc/hostname")) {
            console.run().type(command);
        }
        browser.awaitText(card("session OUTGOING vm-db file 3"), "preserved");
    }

    private String attribute(String selector, String name) throws Exception {
        return browser.run("return document.querySelector(arguments[0]).getAttribute(arguments[1])", selector, name)
                .getAsString();
    }

    private String focused() throws Exception {
        return browser.run("return document.activeElement.dataset.key ?? ''").getAsString();
    }

    private static String card(String key) {
        return "[data-key='" + key + "']";
    }

    private static String axe() throws IOException {
        try (InputStream script = ConsoleE2eIT.class
                .getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
