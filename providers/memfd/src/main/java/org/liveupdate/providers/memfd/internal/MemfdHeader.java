package org.liveupdate.providers.memfd.internal;

/**
 * What the record of a memfd says, whatever its version; nothing of it has been checked.
 *
 * @param position in bytes
 * @param size in bytes
 * @param seals their bits
 * @param flags 0, as far as is known today
 * @param folios how many the array has
 * @param closed whether the user had closed the file when its provider left
 */
record MemfdHeader(long position, long size, int seals, int flags, long folios, boolean closed) {}
