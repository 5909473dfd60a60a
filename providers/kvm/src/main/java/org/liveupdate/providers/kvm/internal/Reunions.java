package org.liveupdate.providers.kvm.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings guest memory and its machine together again when a new version of this bundle takes both over, one by one and in
 * any order. (On the outgoing side nobody can be asked for a file by its token.)
 *
 * <p>Thread safe.
 */
final class Reunions {

    /** Machines that were taken over; guarded by this. */
    private final Map<FileKey, VmFile> vms = new HashMap<>();
    /** Memory whose machine was not, yet; guarded by this. */
    private final Map<FileKey, List<GuestMemfdFile>> waiting = new HashMap<>();

    /** A machine was taken over. */
    synchronized void add(FileKey key, VmFile vm) {
        vms.put(key, vm);
        List<GuestMemfdFile> found = waiting.remove(key);
        if (found != null) {
            found.forEach(memory -> memory.link(vm));
        }
    }

    /** Memory was taken over. */
    synchronized void add(FileKey vmKey, GuestMemfdFile memory) {
        VmFile vm = vms.get(vmKey);
        if (vm == null) {
            waiting.computeIfAbsent(vmKey, key -> new ArrayList<>()).add(memory);
        } else {
            memory.link(vm);
        }
    }

    /** The session lets go of the machine: no memory of that session is taken over any more. */
    synchronized void forget(VmFile vm) {
        vms.values().remove(vm);
    }

    /** The session lets go of the memory. */
    synchronized void forget(GuestMemfdFile memory) {
        waiting.values().forEach(files -> files.remove(memory));
        waiting.values().removeIf(List::isEmpty);
    }
}
