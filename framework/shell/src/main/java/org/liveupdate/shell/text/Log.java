package org.liveupdate.shell.text;

import org.liveupdate.api.runtime.dto.CallbackDTO;
import org.liveupdate.api.runtime.dto.EventDTO;

/**
 * What the core has recorded, and what it is waiting for.
 *
 * @param events
 *            oldest first
 * @param slow
 *            callbacks that have been running for half the callback deadline
 */
public record Log(EventDTO[] events, CallbackDTO[] slow) {}
