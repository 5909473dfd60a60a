package org.liveupdate.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What became of the tests of one contract. */
final class Outcome implements TestExecutionListener {
    private final Map<String, TestExecutionResult> results = new TreeMap<>();

    private Outcome() {}

    /** Runs all tests of a contract. */
    static Outcome of(Class<?> contract) {
        return of(DiscoverySelectors.selectClass(contract));
    }

    /** Runs one test of a contract. */
    static Outcome of(Class<?> contract, String rule) {
        return of(DiscoverySelectors.selectMethod(contract, rule));
    }

    private static Outcome of(DiscoverySelector selector) {
        Outcome outcome = new Outcome();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selector)
                .filters(EngineFilter.includeEngines("junit-jupiter")).build();
        LauncherFactory.create().execute(request, outcome);
        return outcome;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (test.isTest()) {
            results.put(test.getDisplayName().replace("()", ""), result);
        }
    }

    private Set<String> tests(TestExecutionResult.Status status) {
        Set<String> names = new TreeSet<>();
        results.forEach((name, result) -> {
            if (result.getStatus() == status) {
                names.add(name);
            }
        });
        return names;
    }

    Set<String> failed() {
        return tests(TestExecutionResult.Status.FAILED);
    }

    Set<String> skipped() {
        return tests(TestExecutionResult.Status.ABORTED);
    }

    /** How many tests have passed. */
    int passed() {
        return tests(TestExecutionResult.Status.SUCCESSFUL).size();
    }

    /** These tests fail, and no others. */
    static void assertCaughtBy(Class<?> contract, String... rules) {
        Outcome outcome = of(contract);
        assertEquals(new TreeSet<>(Set.of(rules)), outcome.failed(), outcome::toString);
    }

    /** This test fails; others are not looked at, because what is broken is what most of them need, too. */
    static void assertCaughtAmongOthersBy(Class<?> contract, String rule) {
        Outcome outcome = of(contract, rule);
        assertEquals(Set.of(rule), outcome.failed(), outcome::toString);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        results.forEach((name, result) -> {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                text.append(name).append(": ").append(result.getThrowable().orElse(null)).append('\n');
            }
        });
        return text.toString();
    }
}
