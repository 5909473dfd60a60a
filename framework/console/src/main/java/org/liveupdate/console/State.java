package org.liveupdate.console;

/**
 * What the core showed at one moment.
 *
 * @param change
 *            grows with each change
 * @param json
 *            the runtime DTO in UTF-8, numbers of 64 bits as strings, which scripts can take without loss; {@code null}
 *            while there is no core
 */
record State(long change, byte[] json) {}
