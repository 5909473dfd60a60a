package org.liveupdate.shell.text;

import java.util.List;
import java.util.stream.Collectors;

/** What a swap would meet. */
final class SwapPlanView extends View<SwapPlan> {
    SwapPlanView() {
        super(SwapPlan.class);
    }

    @Override
    String text(List<SwapPlan> plans) {
        return plans.stream().map(SwapPlanView::text).collect(Collectors.joining("\n"));
    }

    private static String text(SwapPlan plan) {
        return plan.bundle() + (plan.obstacles().isEmpty() ? " can be swapped; no other bundle stops"
                : " cannot be swapped") + lines("in the way: ", plan.obstacles())
                + lines("goes to the new bundle: ", plan.holders());
    }

    private static String lines(String before, List<String> lines) {
        return lines.stream().map(line -> "\n  " + before + line).collect(Collectors.joining());
    }
}
