package org.liveupdate.core.luo;

/** When module references are held. */
public enum ModuleRule {
    /**
     * Only while something is used: an FLB while it is preserved or live, a handler for each file, a handle while it is
     * open. Linux today, and the default.
     */
    IN_USE,
    /**
     * From registering to explicit unregistering: one reference for each handler, one for each FLB at its first link, none
     * for use. The kernel's first version. A module pins itself then: what would unregister is what cannot run while it is
     * pinned. Registering after deserialization is {@code EBUSY}.
     */
    REGISTERED
}
