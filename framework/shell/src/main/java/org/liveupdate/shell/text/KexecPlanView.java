package org.liveupdate.shell.text;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.liveupdate.api.runtime.dto.KexecPlanDTO;

/** What a kexec would meet: one sentence whether it would be carried out, what is in the way, what would be lost. */
final class KexecPlanView extends View<KexecPlanDTO> {
    KexecPlanView() {
        super(KexecPlanDTO.class);
    }

    @Override
    String text(List<KexecPlanDTO> plans) {
        return plans.stream().map(KexecPlanView::text).collect(Collectors.joining("\n"));
    }

    private static String text(KexecPlanDTO plan) {
        return "a successor (pid " + plan.successor + ") was ready after " + Quantity.millis(plan.prepare)
                + " and was ended again; it reads " + count(plan, "handler ", "handler") + ", "
                + count(plan, "flb ", "FLB") + " and " + count(plan, "format ", "format") + "\n" + verdict(plan)
                + lines("in the way: ", plan.blockers) + lines("would not survive: ", plan.losses);
    }

    private static String count(KexecPlanDTO plan, String prefix, String kind) {
        return Quantity.of(Arrays.stream(plan.readable).filter(name -> name.startsWith(prefix)).count(), kind);
    }

    private static String verdict(KexecPlanDTO plan) {
        if (plan.blockers.length > 0) {
            return "a kexec would be refused now, also by force";
        }
        return plan.losses.length == 0 ? "a kexec would carry everything over"
                : "a kexec would be refused without --force";
    }

    private static String lines(String before, String... sentences) {
        return Arrays.stream(sentences).map(sentence -> "\n  " + before + sentence).collect(Collectors.joining());
    }
}
