package org.liveupdate.shell.text;

import org.liveupdate.api.runtime.dto.FlbDTO;
import org.liveupdate.api.runtime.dto.IncomingFlbDTO;

/**
 * The life cycles of all FLBs.
 *
 * @param outgoing
 *            those of this generation
 * @param incoming
 *            those that were handed over
 */
public record Flbs(FlbDTO[] outgoing, IncomingFlbDTO[] incoming) {}
