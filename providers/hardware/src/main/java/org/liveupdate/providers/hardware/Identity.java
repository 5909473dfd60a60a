package org.liveupdate.providers.hardware;

/**
 * What a device says it is.
 *
 * @param vendor 16 bits
 * @param device 16 bits
 * @param classCode base class, subclass and programming interface, 24 bits
 */
record Identity(int vendor, int device, int classCode) {

    /** The test device of QEMU. */
    static final Identity DEVICE = new Identity(0x1b36, 0x0005, 0x00ff00);

    /** A root port of QEMU's. */
    static final Identity ROOT_PORT = new Identity(0x1b36, 0x000c, 0x060400);
}
