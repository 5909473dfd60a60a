package org.liveupdate.kho;

/** Whether the contents of a block may outlive it. */
public enum Secrecy {
    /** What was in a block stays in the memory file until the block is used again. */
    ORDINARY,
    /**
     * Keys, passwords and the like: the block is overwritten with zeros when it is freed, in whatever way; when that
     * happens while the memory is frozen, as soon as it is thawed, by the successor if need be. Before a memory file
     * that ever had such a block is deleted, all of it is overwritten.
     */
    SECRET
}
