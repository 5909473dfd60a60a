package org.liveupdate.core.luo;

import java.util.concurrent.ThreadLocalRandom;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutionResult.Status;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Runs a property in batches, each with a seed of its own that is printed: batch K has the seed {@code property.seed} + K.
 * So a long run that ended can go on where it was ({@code property.first}), and a batch that failed can be repeated alone.
 * All of them are system properties:
 *
 * <pre>
 *   property.sequences   how many tries in all batches, 1000 unless told
 *   property.seed        the seed of batch 0, a random one unless told
 *   property.first       the batch to begin with, 0 unless told
 * </pre>
 */
final class Batches implements AroundPropertyHook {
    private static final long SIZE = 10_000;
    private static final long SEQUENCES = 1000;

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        long seed = Long.getLong("property.seed", ThreadLocalRandom.current().nextLong());
        long batch = Long.getLong("property.first", 0);
        long left = Long.getLong("property.sequences", SEQUENCES);
        PropertyExecutionResult result;
        do {
            int tries = (int) Math.min(SIZE, left);
            System.out.println(context.label() + ": batch " + batch + ", seed " + (seed + batch) + ", " + tries
                    + " tries, " + (left - tries) + " in later batches; -Dproperty.seed=" + seed + " -Dproperty.first="
                    + batch + " begins here again");
            context.attributes().setSeed(String.valueOf(seed + batch));
            context.attributes().setTries(tries);
            result = property.execute();
            left -= tries;
            batch++;
        } while (left > 0 && result.status() == Status.SUCCESSFUL);
        return result;
    }
}
