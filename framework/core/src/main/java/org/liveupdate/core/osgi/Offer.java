package org.liveupdate.core.osgi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.runtime.dto.RefusedDTO;
import org.liveupdate.core.luo.FlbRuntime;
import org.liveupdate.core.luo.HandlerRuntime;
import org.liveupdate.core.luo.Module;
import org.osgi.framework.ServiceReference;

/** A whiteboard service: an FLB or a file handler, and why it is refused, if it is. */
final class Offer implements Comparable<Offer> {
    private final ServiceReference<?> reference;
    private final Module module;
    /** One of these two is null. */
    private final FlbRuntime flb;
    private final HandlerRuntime handler;
    /** Errno and sentence, or null; text only, so that nothing of a provider is kept. */
    private volatile String errno;
    private volatile String refusal;

    private Offer(ServiceReference<?> reference, Module module, FlbRuntime flb, HandlerRuntime handler) {
        this.reference = reference;
        this.module = module;
        this.flb = flb;
        this.handler = handler;
    }

    static Offer of(ServiceReference<?> reference, Module module, FlbRuntime flb) {
        return new Offer(reference, module, flb, null);
    }

    static Offer of(ServiceReference<?> reference, Module module, HandlerRuntime handler) {
        return new Offer(reference, module, null, handler);
    }

    FlbRuntime flb() {
        return flb;
    }

    HandlerRuntime handler() {
        return handler;
    }

    Module module() {
        return module;
    }

    /** Another bundle has taken the place of this one's. */
    boolean isGone() {
        return isFlb() ? flb.isGone() : handler.isGone();
    }

    boolean isFlb() {
        return flb != null;
    }

    /** Whether the service still has the compatible string that it was offered with. */
    boolean hasSameName() {
        return Objects.equals(compatible(reference), isFlb() ? flb.compatible() : handler.compatible());
    }

    void accepted() {
        errno = null;
        refusal = null;
    }

    void refused(LiveUpdateException e) {
        errno = e.errno().name();
        refusal = e.getMessage();
    }

    boolean isRefused() {
        return refusal != null;
    }

    RefusedDTO toDto() {
        RefusedDTO dto = new RefusedDTO();
        dto.kind = isFlb() ? "FLB" : "HANDLER";
        dto.compatible = compatible(reference);
        dto.module = module.toString();
        dto.service = (Long) reference.getProperty(org.osgi.framework.Constants.SERVICE_ID);
        dto.errno = errno;
        dto.reason = refusal;
        return dto;
    }

    /** The compatible string, or null if the property is absent or no string. */
    static String compatible(ServiceReference<?> reference) {
        return reference.getProperty(LiveUpdateConstants.COMPATIBLE) instanceof String text ? text : null;
    }

    /** The names of the FLBs that a handler declares, in order. */
    static List<String> flbs(ServiceReference<?> reference) {
        Object value = reference.getProperty(LiveUpdateConstants.FLBS);
        if (value instanceof String name) {
            return List.of(name);
        }
        if (value instanceof String[] names) {
            return List.of(names);
        }
        List<String> list = new ArrayList<>();
        if (value instanceof Collection<?> names) {
            names.forEach(name -> list.add(String.valueOf(name)));
        }
        return list;
    }

    ServiceReference<?> reference() {
        return reference;
    }

    /** Highest service ranking first. */
    @Override
    public int compareTo(Offer other) {
        return other.reference.compareTo(reference);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
