package org.liveupdate.crash;

/**
 * One thing that happened to a directory and its files. What changes a file or a name may be lost in a crash of the
 * machine until the file, or the directory, is forced.
 *
 * @param file
 *            a number that stays with a file whatever its name; -1 for the directory
 * @param name
 *            of a file that is created, deleted, or renamed
 * @param target
 *            the new name
 * @param position
 *            of a page, or the length of a file; in bytes
 * @param contents
 *            of a page; shorter at the end of a file
 */
record DiskChange(Kind kind, int file, String name, String target, long position, byte[] contents) {
    enum Kind {
        CREATE, RENAME, DELETE, PAGE, LENGTH, FORCE, FORCE_DIRECTORY
    }

    boolean isForce() {
        return kind == Kind.FORCE || kind == Kind.FORCE_DIRECTORY;
    }

    /** Whether it is durable once {@code force} is done. */
    boolean isForcedBy(DiskChange force) {
        boolean contents = kind == Kind.PAGE || kind == Kind.LENGTH;
        return contents ? force.kind == Kind.FORCE && force.file == file : force.kind == Kind.FORCE_DIRECTORY;
    }
}
