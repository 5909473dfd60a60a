package org.liveupdate.core.osgi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.liveupdate.core.image.Formats;
import org.liveupdate.core.luo.FlbRuntime;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.core.luo.Overview.Needed;

/** What a generation can read, and whether that is enough for what it would get. */
final class Capabilities {
    private final Orchestrator core;
    private final Whiteboard whiteboard;

    Capabilities(Orchestrator core, Whiteboard whiteboard) {
        this.core = core;
        this.whiteboard = whiteboard;
    }

    /** What this generation can read, as {@link org.liveupdate.api.handover.Handover#capabilities} says it. */
    List<String> list() {
        Set<String> all = new TreeSet<>(Formats.capabilities());
        core.registry().handlers().forEach(handler -> add(all, "handler " + handler.compatible(), handler.module()));
        Stream<FlbRuntime> flbs = Stream.concat(whiteboard.offered().stream(), core.overview().linkedFlbs().stream());
        flbs.forEach(flb -> add(all, "flb " + flb.compatible(), flb.module()));
        return List.copyOf(all);
    }

    private void add(Set<String> all, String provider, Module module) {
        all.add(provider);
        if (core.bindsOwners() && module.isCounted()) {
            all.add(ownerOf(provider) + printable(module.owner()));
        }
    }

    private static String ownerOf(String provider) {
        return "owner " + provider + ' ';
    }

    /** A signer's name may have any letters. */
    private static String printable(String owner) {
        return owner.replaceAll("[^ -~]", "?");
    }

    /** What would be lost with a successor that can read this much, one sentence each. */
    List<String> check(List<String> successor) {
        List<String> lost = new ArrayList<>();
        for (String format : Formats.needed()) {
            if (!successor.contains(format)) {
                lost.add("the successor does not read " + format + ", which this generation writes");
            }
        }
        for (Needed needed : core.overview().preservedWith()) {
            if (!successor.contains(needed.provider())) {
                lost.add("the successor has no " + needed.provider() + ": " + files(needed)
                        + " on it would wait until its bundle is installed there");
            } else {
                checkOwner(needed, successor, lost);
            }
        }
        return lost;
    }

    /** A successor that names no owner lets anybody take over, or is of a version that did not say. */
    private static void checkOwner(Needed needed, List<String> successor, List<String> lost) {
        String prefix = ownerOf(needed.provider());
        List<String> owners = successor.stream().filter(each -> each.startsWith(prefix))
                .map(each -> each.substring(prefix.length())).toList();
        if (!needed.owner().isEmpty() && !owners.isEmpty() && !owners.contains(printable(needed.owner()))) {
            lost.add("the successor's " + needed.provider() + " belongs to " + String.join(", ", owners) + ", and "
                    + needed.owner() + " preserved it: " + files(needed) + " on it would be refused (EPERM) until that "
                    + "bundle is installed there, or liveupdate.ownership=any is set");
        }
    }

    private static String files(Needed needed) {
        return needed.files() == 1 ? "the file that depends" : "the " + needed.files() + " files that depend";
    }
}
