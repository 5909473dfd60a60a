package org.liveupdate.core.luo.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The model of FLBs: two life cycles each, and who stands for a name. */
final class Flbs {
    /** An FLB object and its outgoing life. */
    static final class Flb {
        final String name;
        final String module;
        int links;
        boolean preserved;
        int files;
        int handles;
        Entry live;
        boolean failed;

        Flb(int number) {
            this.name = World.FLBS.get(number);
            this.module = World.flbModule(number);
        }

        boolean used() {
            return links > 0 || preserved || live != null;
        }
    }

    /** An incoming FLB. */
    static final class Entry {
        final String name;
        int files;
        int handles;
        String state = "PENDING";
        Flb owner;

        Entry(String name, int files) {
            this.name = name;
            this.files = files;
        }
    }

    private final Providers providers;
    final List<Flb> all = new ArrayList<>();
    /** Null without an image. */
    private final Map<String, Entry> entries;
    /** In the order in which they came to be used. */
    private final List<Flb> used = new ArrayList<>();

    Flbs(Providers providers, Map<String, Entry> entries) {
        this.providers = providers;
        this.entries = entries;
        for (int i = 0; i < World.FLBS.size(); i++) {
            all.add(new Flb(i));
        }
    }

    private void touch(Flb flb) {
        if (!flb.used()) {
            used.remove(flb);
        } else if (!used.contains(flb)) {
            used.add(flb);
        }
    }

    Flb standing(String name) {
        return used.stream().filter(flb -> flb.name.equals(name)).findFirst().orElse(null);
    }

    Entry entry(String name) {
        return entries.get(name);
    }

    void firstLink(Flb flb) throws Refusal {
        Flb standing = standing(flb.name);
        if (used.size() - (standing == flb ? 1 : 0) >= World.LIMIT) {
            throw new Refusal("ENOSPC");
        }
        if (standing != null && standing != flb) {
            throw new Refusal("EEXIST");
        }
        if (providers.isGoing(flb.module)) {
            throw new Refusal("EAGAIN");
        }
    }

    void linked(Flb flb, int by) {
        flb.links += by;
        touch(flb);
    }

    /** After the first link. */
    void arrived(Flb flb) {
        Entry entry = entries == null ? null : entries.get(flb.name);
        if (entry != null) {
            if (entry.state.equals("FAILED") && entry.owner != flb) {
                entry.state = "PENDING";
                entry.owner = null;
            }
            leftOver(entry, flb);
        }
    }

    void acquire(Flb flb) throws Refusal {
        if (providers.isGoing(flb.module)) {
            throw new Refusal("ENODEV");
        }
        if (!flb.preserved) {
            providers.call(flb.name + ".preserve");
            flb.preserved = true;
        }
        flb.files++;
    }

    void release(Flb flb) {
        flb.files--;
        settle(flb);
    }

    private void settle(Flb flb) {
        if (flb.preserved && flb.files == 0 && flb.handles == 0) {
            providers.note(flb.name + ".unpreserve");
            flb.preserved = false;
            touch(flb);
        }
    }

    Flb openOutgoing(String name) throws Refusal {
        Flb flb = standing(name);
        if (flb == null || !flb.preserved) {
            throw new Refusal("ENOENT");
        }
        if (providers.isGoing(flb.module)) {
            throw new Refusal("ENODEV");
        }
        flb.handles++;
        return flb;
    }

    void closeOutgoing(Flb flb) {
        flb.handles--;
        settle(flb);
    }

    private Entry present(String name) throws Refusal {
        if (entries == null) {
            throw new Refusal("ENODATA");
        }
        if (!entries.containsKey(name)) {
            throw new Refusal("ENOENT");
        }
        Entry entry = entries.get(name);
        if (entry.state.equals("FINISHED")) {
            throw new Refusal("ENODATA");
        }
        return entry;
    }

    Entry openIncoming(String name) throws Refusal {
        Entry entry = present(name);
        Flb flb = standing(name);
        if (flb == null) {
            throw new Refusal("ENODEV");
        }
        if (flb.failed) {
            throw new Refusal(Providers.ERRNO);
        }
        if (providers.isGoing(flb.module)) {
            throw new Refusal("ENODEV");
        }
        if (entry.state.equals("PENDING")) {
            retrieve(flb, entry);
        }
        entry.handles++;
        return entry;
    }

    void closeIncoming(Entry entry) {
        entry.handles--;
        settle(entry);
    }

    private void retrieve(Flb flb, Entry entry) throws Refusal {
        entry.owner = flb;
        try {
            providers.call(flb.name + ".retrieve");
        } catch (Refusal e) {
            entry.state = "FAILED";
            flb.failed = true;
            throw e;
        }
        entry.state = "LIVE";
        flb.live = entry;
        touch(flb);
    }

    private void leftOver(Entry entry, Flb owner) {
        boolean able = owner != null && !owner.failed && !providers.isGoing(owner.module);
        if (able && entry.state.equals("PENDING") && entry.files == 0) {
            try {
                retrieve(owner, entry);
            } catch (Refusal e) {
                return;
            }
        }
        settle(entry);
    }

    void fileFinished(Entry entry) {
        if (--entry.files == 0) {
            leftOver(entry, standing(entry.name));
        }
    }

    private void settle(Entry entry) {
        if (entry.state.equals("LIVE") && entry.files == 0 && entry.handles == 0) {
            providers.note(entry.name + ".finish");
            Flb flb = entry.owner;
            entry.state = "FINISHED";
            entry.owner = null;
            flb.live = null;
            touch(flb);
        }
    }

    void discard(String name) throws Refusal {
        Entry entry = present(name);
        if (entry.files > 0 || entry.state.equals("LIVE")) {
            throw new Refusal("EBUSY");
        }
        entry.state = "FINISHED";
        entry.owner = null;
    }

    /** What is handed over, in order. */
    List<Flb> underFiles() {
        return used.stream().filter(flb -> flb.files > 0).toList();
    }

    Map<String, Entry> handedOver() {
        Map<String, Entry> next = new LinkedHashMap<>();
        underFiles().forEach(flb -> next.put(flb.name, new Entry(flb.name, flb.files)));
        return next;
    }

    void print(StringBuilder text) {
        for (int i = 0; i < all.size(); i++) {
            Flb flb = all.get(i);
            int references = (flb.preserved ? 1 : 0) + (flb.live != null ? 1 + flb.live.handles : 0) + flb.handles;
            text.append("flb ").append(i).append(": ").append(flb.links).append(" links, ")
                    .append(flb.preserved ? "PRESERVED" : "IDLE").append(", ").append(flb.files).append(" files, ")
                    .append(flb.handles).append(" handles, ").append(references).append(" references\n");
        }
        if (entries != null) {
            for (Entry entry : entries.values()) {
                text.append("entry ").append(entry.name).append(": ").append(entry.state).append(", ")
                        .append(entry.files).append(" files, ").append(entry.handles).append(" handles\n");
            }
        }
    }
}
