package org.liveupdate.api.runtime.dto;

import java.util.Map;
import org.osgi.dto.DTO;

/** The whole core at one moment. */
public class RuntimeDTO extends DTO {
    /** Whether live update is on. */
    public boolean enabled;
    /** Name of the {@code Phase}. */
    public String phase;
    /** How many live updates led here; -1 while waiting for an image. */
    public long number;
    /** The handover directory, or null. */
    public String directory;
    /** File handlers, in registration order; also unregistered ones that files still hold. */
    public HandlerDTO[] handlers = {};
    /** FLB objects, linked first. */
    public FlbDTO[] flbs = {};
    /** FLB entries of the image this generation came from. */
    public IncomingFlbDTO[] incoming = {};
    /** Sessions, outgoing then incoming, in order of creation. */
    public SessionDTO[] sessions = {};
    /** Bundles that are referenced or own something. */
    public ModuleDTO[] modules = {};
    /** Services and calls that were refused and why. */
    public RefusedDTO[] refused = {};
    /** Handover memory; null before it is attached. */
    public MemoryDTO memory;
    /** The image that this generation took over; null after a cold start. */
    public ImageDTO image;
    /** The update that led here; null after a cold start. */
    public UpdateDTO update;
    /** What the callbacks of the last freeze of this generation took; empty if there was none. */
    public CallbackTimesDTO[] freeze = {};
    /** This generation. */
    public GenerationDTO generation;
    /** What happened to state and modules, oldest first; the oldest events of a long history are dropped. */
    public EventDTO[] history = {};
    /** Callbacks that are running. */
    public CallbackDTO[] callbacks = {};
    /** The configuration in effect, by property name. */
    public Map<String, String> settings = Map.of();
}
