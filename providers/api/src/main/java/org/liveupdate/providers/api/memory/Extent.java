package org.liveupdate.providers.api.memory;

/**
 * Bytes of a file that lie side by side in handover memory.
 *
 * @param offset in the file, in bytes
 * @param address of the first one in handover memory
 * @param length in bytes, at least 1
 */
public record Extent(long offset, long address, long length) {}
