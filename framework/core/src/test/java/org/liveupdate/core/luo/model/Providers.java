package org.liveupdate.core.luo.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The model's providers: their modules, what was called, and what is to fail. */
final class Providers {
    /** With which every failing callback fails. */
    static final String ERRNO = "EHWPOISON";

    private final Set<String> going = new HashSet<>();
    /** Armed failures outlive a reboot. */
    private final Set<String> armed;
    private final List<String> calls;

    Providers(Set<String> armed, List<String> calls) {
        this.armed = armed;
        this.calls = calls;
    }

    Providers afterReboot() {
        return new Providers(armed, calls);
    }

    boolean isGoing(String module) {
        return going.contains(module);
    }

    void going(String module, boolean now) {
        if (now) {
            going.add(module);
        } else {
            going.remove(module);
        }
    }

    void arm(String call) {
        armed.add(call);
    }

    void note(String call) {
        calls.add(call);
    }

    /** A callback that fails if it is armed. */
    void call(String call) throws Refusal {
        call(call, "");
    }

    void call(String call, String detail) throws Refusal {
        note(call + detail);
        if (armed.remove(call)) {
            throw new Refusal(ERRNO);
        }
    }

    /** A question: no if it is armed. */
    boolean ask(String call, String detail) {
        note(call + detail);
        return !armed.remove(call);
    }

    List<String> takeCalls() {
        List<String> taken = new ArrayList<>(calls);
        calls.clear();
        return taken;
    }
}
