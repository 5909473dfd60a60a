package org.liveupdate.core.luo;

import org.liveupdate.api.Callback;

/**
 * A callback of a file handler that is running.
 *
 * @param handler
 *            who is called
 * @param token
 *            about which file of the session
 * @param callback
 *            which
 */
record FileCall(HandlerRuntime handler, long token, Callback callback) {}
