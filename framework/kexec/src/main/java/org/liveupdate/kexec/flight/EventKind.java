package org.liveupdate.kexec.flight;

import java.util.ArrayList;
import java.util.List;
import jdk.jfr.AnnotationElement;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.EventFactory;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.ValueDescriptor;

/**
 * A kind of event. It is made at run time, because no class of a bundle can be one: what the JVM weaves into it refers to
 * packages of the JDK that frameworks do not offer to bundles. Thread safe.
 */
final class EventKind {
    private static final String GROUP = "Live Update";

    private final EventFactory factory;

    /**
     * Registers it with the flight recorder.
     *
     * @param name
     *            full name of the event
     * @param label
     *            its name for people
     * @param description
     *            a sentence
     * @param fields
     *            in the order of their values
     */
    EventKind(String name, String label, String description, ValueDescriptor... fields) {
        factory = EventFactory.create(
                List.of(new AnnotationElement(Name.class, name), new AnnotationElement(Label.class, label),
                        new AnnotationElement(Description.class, description),
                        new AnnotationElement(Category.class, new String[]{GROUP}),
                        new AnnotationElement(StackTrace.class, false)),
                List.of(fields));
    }

    /** A field of an event; the description may be null. */
    static ValueDescriptor field(Class<?> type, String name, String label, String description) {
        List<AnnotationElement> annotations = new ArrayList<>(List.of(new AnnotationElement(Label.class, label)));
        if (description != null) {
            annotations.add(new AnnotationElement(Description.class, description));
        }
        return new ValueDescriptor(type, name, annotations);
    }

    /** An event that begins now; null while nobody records its kind. */
    Event begin() {
        Event event = factory.newEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    /** The event is over; its values are in the order of the fields. */
    static void end(Event event, Object... values) {
        event.end();
        if (event.shouldCommit()) {
            for (int i = 0; i < values.length; i++) {
                event.set(i, values[i]);
            }
            event.commit();
        }
    }
}
