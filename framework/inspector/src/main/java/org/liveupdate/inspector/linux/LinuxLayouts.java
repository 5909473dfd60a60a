package org.liveupdate.inspector.linux;

import java.util.List;
import java.util.Map;

/**
 * The layouts of the original, by version string. All numbers are u64, little-endian; addresses are physical.
 *
 * <pre>
 *   device tree, until version 7.1: node (version string), property
 *      /            luo-v1                     liveupdate-number
 *      luo-session  luo-session-v1 or -v2      luo-session-header   address of an array of sessions
 *      luo-flb      luo-flb-v1                 luo-flb-header       address of the FLB page
 *
 *   array of sessions      header              entry
 *      luo-session-v1         {pages; count}      {name[64]; files; pages; count}   first revision, 88 bytes
 *      luo-session-v1         {pages; count}      {name[64]; files; count}          later ones, 80 bytes
 *      luo-session-v2         {count}             {name[64]; files; count}          80 bytes
 *      files: address of an array of at most 128 files in 2 pages
 *
 *   FLB page                  {pages; count}      {name[48]; data; count}           64 bytes, at most 63
 *   file                                          {compatible[48]; data; token}     64 bytes
 *
 *   without a device tree, from version 7.2 on: {version string, zeros to the next multiple of 8;
 *      liveupdate-number; sessions; FLB page}; sessions, and the files of a session, are chains of pages
 *      {next; count} with entries as in luo-session-v2; an address of 0 is none
 * </pre>
 */
final class LinuxLayouts {
    static final String ROOT = "luo-v1";
    static final String FLB = "luo-flb-v1";
    /** Version strings of roots without a device tree. */
    static final List<String> PLAIN_ROOTS = List.of("luo-v3-kho-block-v1", "luo-v5");

    static final int SESSION_NAME_BYTES = 64;
    static final int COMPATIBLE_BYTES = 48;
    static final int DATA = 48;
    static final int FLB_COUNT = 56;
    static final int FLB_BYTES = 64;
    static final int FLB_HEADER_BYTES = 16;
    static final int FLB_MAX = 63;
    static final int TOKEN = 56;
    static final int FILE_BYTES = 64;
    static final int FILE_MAX = 128;
    static final int FILE_PAGES = 2;
    static final int BLOCK_HEADER_BYTES = 16;
    /** Longer chains are refused by the original, too. */
    static final int BLOCKS_MAX = 10_000;

    /**
     * An array of sessions.
     *
     * @param name
     *            for people
     * @param countOffset
     *            of the number of entries, in the header
     * @param pagesOffset
     *            of the number of pages of the files, in the entry; 0 if there is none
     * @param filesCountOffset
     *            of the number of files, in the entry
     */
    record Sessions(String name, int headerBytes, int countOffset, int entryBytes, int filesOffset, int pagesOffset,
            int filesCountOffset) {
        private static final int ARRAY_BYTES = 16 * PhysicalMemory.PAGE_BYTES;

        int max() {
            return (ARRAY_BYTES - headerBytes) / entryBytes;
        }
    }

    static final Sessions BLOCK_SESSIONS = new Sessions("entries of 80 bytes in chained pages", BLOCK_HEADER_BYTES, 8,
            80, 64, 0, 72);

    /** What a version string can mean, the likelier one first. */
    static final Map<String, List<Sessions>> SESSIONS = Map.of(
            "luo-session-v1", List.of(new Sessions("entries of 88 bytes", 16, 8, 88, 64, 72, 80),
                    new Sessions("entries of 80 bytes", 16, 8, 80, 64, 0, 72)),
            "luo-session-v2", List.of(new Sessions("entries of 80 bytes", 8, 0, 80, 64, 0, 72)));

    private LinuxLayouts() {}
}
