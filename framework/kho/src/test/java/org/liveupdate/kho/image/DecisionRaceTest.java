package org.liveupdate.kho.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.ChildJvm;
import org.liveupdate.kho.image.StoredImage.State;

/** Two who want the same image at the same time: exactly one gets it. */
@Timeout(60)
class DecisionRaceTest {

    private static final byte[] IMAGE = ImageStoreTest.image(1);

    @TempDir
    Path directory;
    private ImageStore store;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @BeforeEach
    void open() throws IOException {
        store = new ImageStore(HandoverDirectory.open(directory));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void ofTwoThatCommitTheSameNumberOneDoes() throws Exception {
        for (int round = 1; round <= 100; round++) {
            int number = round;
            assertEquals(1,
                    winners(() -> store.commit(number, IMAGE) != null, () -> store.commit(number, IMAGE) != null));
            assertEquals(1, store.images().stream().filter(image -> image.number() == number).count());
            store.takeBack(number);
        }
    }

    @Test
    void ofTwoThatClaimOneDoes() throws Exception {
        for (int round = 1; round <= 100; round++) {
            int number = round;
            store.commit(number, IMAGE);
            assertEquals(1, winners(() -> store.claim(number) != null, () -> store.claim(number) != null));
            store.takeBack(number);
        }
    }

    @Test
    void aClaimAndTakingBackEndInOneDecision() throws Exception {
        for (int round = 1; round <= 100; round++) {
            int number = round;
            store.commit(number, IMAGE);
            int winners = winners(() -> store.claim(number) != null && store.confirm(number),
                    () -> store.takeBack(number));
            assertEquals(1, winners);
            assertTrue(store.pending().isEmpty());
        }
    }

    @Test
    void ofConfirmingAndTakingBackOneSucceeds() throws Exception {
        for (int round = 1; round <= 100; round++) {
            int number = round;
            store.commit(number, IMAGE);
            store.claim(number);
            List<Boolean> outcome = race(() -> store.confirm(number), () -> store.takeBack(number));
            assertNotEquals(outcome.get(0), outcome.get(1));
            State expected = outcome.get(0) ? State.CONFIRMED : State.TAKEN_BACK;
            assertEquals(expected, last().state());
        }
    }

    @Test
    void itIsTheSameBetweenTwoProcesses() throws Exception {
        int confirmed = 0;
        try (ChildJvm successor = ChildJvm.start(Successor.class, directory.toString())) {
            assertEquals("ready", successor.receive());
            for (int number = 1; number <= 200; number++) {
                store.commit(number, IMAGE);
                successor.send(Integer.toString(number));
                // how long the successor takes varies by microseconds: so meet it anywhere
                for (int spin = 0; spin < number * 97 % 40_000; spin++) {
                    Thread.onSpinWait();
                }
                boolean takenBack = store.takeBack(number);
                String other = successor.receive();
                assertEquals(takenBack ? "lost" : "confirmed", other, "number " + number);
                assertEquals(takenBack ? State.TAKEN_BACK : State.CONFIRMED, last().state());
                confirmed += takenBack ? 0 : 1;
            }
            assertEquals(0, successor.end());
        }
        System.out.println("between two processes: confirmed " + confirmed + ", taken back " + (200 - confirmed));
    }

    /** The other process: claims and confirms each number it is told. */
    public static final class Successor {

        private Successor() {}

        public static void main(String[] arguments) throws IOException {
            ImageStore store = new ImageStore(HandoverDirectory.open(Path.of(arguments[0])));
            BufferedReader numbers = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            System.out.println("ready");
            for (String line = numbers.readLine(); line != null; line = numbers.readLine()) {
                System.out.println(claimAndConfirm(store, Long.parseLong(line)) ? "confirmed" : "lost");
            }
        }

        private static boolean claimAndConfirm(ImageStore store, long number) {
            try {
                store.claim(number);
                return store.confirm(number);
            } catch (IOException e) {
                return false;
            }
        }
    }

    private StoredImage last() throws IOException {
        List<StoredImage> images = store.images();
        return images.get(images.size() - 1);
    }

    private int winners(Callable<Boolean> one, Callable<Boolean> two) throws Exception {
        return (int) race(one, two).stream().filter(won -> won).count();
    }

    private List<Boolean> race(Callable<Boolean> one, Callable<Boolean> two) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        List<Future<Boolean>> running = new ArrayList<>();
        for (Callable<Boolean> contender : List.of(one, two)) {
            running.add(threads.submit(() -> {
                start.await();
                try {
                    return contender.call();
                } catch (IOException lost) {
                    return false;
                }
            }));
        }
        return List.of(running.get(0).get(), running.get(1).get());
    }
}
