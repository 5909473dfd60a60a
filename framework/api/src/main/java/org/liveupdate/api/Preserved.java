package org.liveupdate.api;

/**
 * What a preserve callback hands to the core.
 *
 * @param data
 *            all that a {@code retrieve} will get, by this or another bundle, in this or the next generation: a
 *            self-contained number, normally the address of preserved handover memory; 0 is legal
 * @param object
 *            the live object that goes with it in this generation only, or null; of an FLB it is what
 *            {@link LiveUpdate#getOutgoing} gives out, of a file it is private to the handler
 * @param <T>
 *            the object's type
 */
public record Preserved<T>(long data, T object) {}
