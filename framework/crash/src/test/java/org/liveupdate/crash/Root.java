package org.liveupdate.crash;

import java.io.IOException;
import org.junit.jupiter.api.Assumptions;

/** What only root can do. A test that needs it is skipped elsewhere, and says so. */
final class Root {
    private Root() {}

    static void must(String why, String... command) throws Exception {
        Assumptions.assumeTrue(run(command), why);
    }

    static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
