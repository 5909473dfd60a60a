package org.liveupdate.kexec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Standing successor = new Standing(false);

    @Test
    void successorThatIsEndedNeverDecides() {
        assertFalse(successor.end(LONG));
        assertFalse(successor.beginDecision());
    }

    @Test
    void endWaitsForADecisionAndIsInOrderIfItWasWon() throws Exception {
        assertTrue(successor.beginDecision());
        CompletableFuture<Boolean> inOrder = CompletableFuture.supplyAsync(() -> successor.end(LONG));
        successor.decided(true);
        assertTrue(inOrder.get());
        assertTrue(successor.isInCharge());
    }

    @Test
    void endIsImmediateIfTheDecisionWasLost() throws Exception {
        assertTrue(successor.beginDecision());
        CompletableFuture<Boolean> inOrder = CompletableFuture.supplyAsync(() -> successor.end(LONG));
        successor.decided(false);
        assertFalse(inOrder.get());
    }

    @Test
    void decisionThatTakesTooLongCountsAsWon() {
        assertTrue(successor.beginDecision());
        assertTrue(successor.end(Duration.ofMillis(1)));
    }

    @Test
    void firstGenerationIsInChargeAndDecidesNothing() {
        Standing first = new Standing(true);
        assertTrue(first.isInCharge());
        assertFalse(first.beginDecision());
        assertTrue(first.end(LONG));
    }

    @Test
    void bundleThatComesAfterTheDecisionLearnsItFromTheSupervisor() {
        successor.welcomeInCharge();
        assertEquals(true, successor.isInCharge());
    }

    @Test
    void oneUpdateAtATimeAndNoneAfterTheStop() {
        UpdateTurn turn = new UpdateTurn();
        assertTrue(turn.begin());
        assertFalse(turn.begin());
        assertFalse(turn.awaitEnd(Duration.ofMillis(1)));
        turn.close();
        turn.end();
        assertTrue(turn.awaitEnd(LONG));
        assertFalse(turn.begin());
    }
}
