package org.liveupdate.itests;

/**
 * A file of the tests.
 *
 * @param kind
 *            which handler takes it
 * @param number
 *            tells it from others
 */
record TextFile(String kind, int number) {}
