package org.liveupdate.kho;

/** What is known about the contents of a block in use. */
enum Check {
    /** They are this generation's own, or came without a checksum, or were verified. */
    OWN,
    /** Inherited, and nobody has had a view of them yet: they are as the image says, or corrupt. */
    UNSEEN,
    /** Inherited and within somebody's reach: the checksum of each page is taken before it is written. */
    UNVERIFIED,
    /** Not what the image says. */
    CORRUPT
}
