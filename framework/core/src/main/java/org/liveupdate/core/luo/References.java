package org.liveupdate.core.luo;

import org.liveupdate.api.Side;

/**
 * Takes and gives back module references, as the configured rule wants it. All methods want the core lock held.
 */
final class References {
    private final ModuleRule rule;

    References(ModuleRule rule) {
        this.rule = rule;
    }

    boolean holdWhileRegistered() {
        return rule == ModuleRule.REGISTERED;
    }

    /** A handler, or the first link of an FLB, is registered; its module is not going. */
    void registered(Module module) {
        if (rule == ModuleRule.REGISTERED) {
            module.get();
        }
    }

    /** It is unregistered. */
    void unregistered(Module module) {
        if (rule == ModuleRule.REGISTERED) {
            module.put();
        }
    }

    /** Something begins to use the module, which is known not to be going. */
    void use(Module module) {
        if (rule == ModuleRule.IN_USE) {
            module.get();
        }
    }

    /** All references on a module, those of open handles included. */
    int count(Module module, Iterable<FlbRuntime> flbs) {
        int count = module.references();
        if (rule == ModuleRule.IN_USE && module.isCounted()) {
            for (FlbRuntime flb : flbs) {
                if (flb.module() == module) {
                    count += flb.handles(Side.OUTGOING) + flb.handles(Side.INCOMING);
                }
            }
        }
        return count;
    }

    /** A use ends. */
    void unuse(Module module) {
        if (rule == ModuleRule.IN_USE) {
            module.put();
        }
    }
}
