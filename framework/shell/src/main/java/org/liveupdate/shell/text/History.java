package org.liveupdate.shell.text;

import org.liveupdate.api.runtime.dto.CallbackTimesDTO;
import org.liveupdate.api.runtime.dto.EventDTO;
import org.liveupdate.api.runtime.dto.ImageDTO;
import org.liveupdate.api.runtime.dto.UpdateDTO;

/**
 * What led to the present generation, and what has been replaced in it.
 *
 * @param image
 *            what it took over, or null
 * @param update
 *            the live update that led here, or null
 * @param freeze
 *            what the callbacks of this generation's last freeze took, which was taken back
 * @param events
 *            starts, updates, stops and swaps, oldest first
 */
public record History(ImageDTO image, UpdateDTO update, CallbackTimesDTO[] freeze, EventDTO[] events) {}
