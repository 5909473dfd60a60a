package org.liveupdate.inspector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.liveupdate.kho.image.TrailerFields;

/**
 * What was verified of an image, and how much.
 *
 * @param checks
 *            in the order in which they were made
 */
record Verification(ImageReport report, List<Check> checks) {
    /** How a check ended. */
    enum Result {
        GOOD("good"), BAD("BAD"), NOT_VERIFIED("not verified");

        private final String word;

        Result(String word) {
            this.word = word;
        }
    }

    /**
     * One check.
     *
     * @param what
     *            was to be verified
     * @param bytes
     *            how many were
     * @param detail
     *            what was found, or why it was not verified
     */
    record Check(String what, Result result, long bytes, String detail) {}

    static Verification of(ImageReport report) {
        List<Check> checks = new ArrayList<>();
        report.trailer().ifPresentOrElse(trailer -> checks.add(checksum(report, trailer)), () -> checks.add(
                new Check("checksum", Result.NOT_VERIFIED, 0, "there is none")));
        if (report.faults().isEmpty()) {
            checks.add(new Check("structure", Result.GOOD, report.bytes(), contents(report)));
        }
        report.faults().forEach(fault -> checks.add(new Check("structure", Result.BAD, 0,
                fault.sentence(report.kind() == ImageReport.Kind.LINUX))));
        report.memory().ifPresent(memory -> checks.addAll(new MemoryCheck(report, memory).run()));
        return new Verification(report, checks);
    }

    private static Check checksum(ImageReport report, TrailerFields trailer) {
        boolean good = trailer.checksum() == trailer.actualChecksum();
        return new Check("checksum", good ? Result.GOOD : Result.BAD, report.bytes(),
                String.format(good ? "%08x" : "stored %08x, the contents have %08x", trailer.checksum(),
                        trailer.actualChecksum()));
    }

    private static String contents(ImageReport report) {
        return Sizes.count(report.model().flbs().size(), "FLB") + ", "
                + Sizes.count(report.model().sessions().size(), "session") + ", "
                + Sizes.count(report.files(), "file")
                + (report.model().resume() == null ? ""
                        : "; as outgoing " + Sizes.count(report.model().resume().sessions().size(), "session"));
    }

    /** Whether nothing was found bad. */
    boolean isGood() {
        return checks.stream().noneMatch(check -> check.result() == Result.BAD);
    }

    String text() {
        Outline outline = new Outline().line(0, Plain.text(report.path().toString()));
        for (Check check : checks) {
            outline.row(1, check.what(), check.result().word, Sizes.human(check.bytes()), Plain.text(check.detail()));
        }
        return outline.line(0, isGood() ? "nothing bad was found" : "BAD").toString();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", report.path().toString());
        json.put("good", isGood());
        json.put("checks", checks.stream().map(check -> {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("what", check.what());
            value.put("result", check.result().word.toLowerCase(Locale.ROOT));
            value.put("bytes", check.bytes());
            value.put("detail", check.detail());
            return value;
        }).toList());
        return json;
    }
}
