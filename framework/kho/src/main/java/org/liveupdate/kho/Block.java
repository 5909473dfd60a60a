package org.liveupdate.kho;

/**
 * One block of a scope, as it was when it was asked for.
 *
 * @param address byte offset of its first byte in handover memory
 * @param order it has 2<sup>order</sup> pages of 4096 bytes; 0 to 18
 * @param restored whether it was inherited and the present owner has restored it
 * @param secret whether it is overwritten when it is freed
 */
public record Block(long address, int order, boolean restored, boolean secret) {

    /** Its length in bytes. */
    public long size() {
        return 4096L << order;
    }

    /** Its length in pages of 4096 bytes. */
    public long pages() {
        return 1L << order;
    }
}
