package org.liveupdate.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.core.image.ImageModel;

/** Sessions, and the FLBs that their files hold. */
final class SideFromChoices {
    private static final int MOST = 5;
    private static final List<String> OWNERS = List.of("org.example.one", "org.example.two", "ü");

    private final Choices choices;
    /** How many files hold each FLB, by its name, in the order in which the first file acquired it. */
    private final Map<String, Long> files = new LinkedHashMap<>();
    private final List<ImageModel.SessionEntry> sessions = new ArrayList<>();
    private final List<ImageModel.FlbEntry> flbs = new ArrayList<>();

    SideFromChoices(Choices choices) {
        this.choices = choices;
        for (int i = choices.below(MOST); i > 0; i--) {
            sessions.add(new ImageModel.SessionEntry("session " + i, files()));
        }
        files.forEach((name, count) -> flbs.add(new ImageModel.FlbEntry(name, choices.number(), count, choices.below(3),
                owner(choices))));
    }

    static String owner(Choices choices) {
        return OWNERS.get(choices.below(OWNERS.size()));
    }

    List<ImageModel.SessionEntry> sessions() {
        return sessions;
    }

    List<ImageModel.FlbEntry> flbs() {
        return flbs;
    }

    private List<ImageModel.FileEntry> files() {
        List<ImageModel.FileEntry> entries = new ArrayList<>();
        for (int token = choices.below(MOST); token > 0; token--) {
            entries.add(new ImageModel.FileEntry("handler-v" + choices.below(3), choices.number(), token, flbNames(),
                    choices.below(3), owner(choices)));
        }
        return entries;
    }

    private List<String> flbNames() {
        List<String> names = new ArrayList<>();
        int chosen = choices.below(8);
        for (int i = 0; chosen >> i != 0; i++) {
            if ((chosen >> i & 1) != 0) {
                names.add("flb-v" + i);
                files.merge("flb-v" + i, 1L, Long::sum);
            }
        }
        return names;
    }
}
