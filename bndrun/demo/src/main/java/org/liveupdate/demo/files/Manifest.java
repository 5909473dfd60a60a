package org.liveupdate.demo.files;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.demo.run.FlbCount;
import org.liveupdate.demo.run.PastUpdate;

/**
 * What a generation tells its successor: what has to be proved there, and what is still to be done.
 *
 * @param left
 *            live updates to come, the next one included
 * @param pid
 *            process id of the JVM that hands over
 * @param files
 *            what is preserved, in order of their tokens
 * @param flbs
 *            the FLBs they depend on
 * @param past
 *            the updates that are behind
 */
record Manifest(int left, long pid, List<Entry> files, List<FlbCount> flbs, List<PastUpdate> past) {
    Manifest {
        files = List.copyOf(files);
        flbs = List.copyOf(flbs);
        past = List.copyOf(past);
    }

    /**
     * A file that was loaded twice: as a memfd and as a file on huge pages.
     *
     * @param token
     *            of both, each in its own session
     * @param name
     *            path of the source; any string
     * @param length
     *            of the source, and so of the memfd, in bytes
     * @param sha256
     *            of the source, 64 hexadecimal digits
     * @param huge
     *            what it takes on huge pages
     */
    record Entry(long token, String name, long length, String sha256, HugeSize huge) {
        /** The last part of the name, for people. */
        String shortName() {
            return name.substring(name.lastIndexOf(File.separatorChar) + 1);
        }
    }

    /**
     * Size of a file on huge pages.
     *
     * @param bytes
     *            whole pages; what is behind the source's length is zero
     * @param pageSize
     *            in bytes
     */
    record HugeSize(long bytes, long pageSize) {}

    /** The same with what the FLBs counted. */
    Manifest with(List<FlbCount> counts) {
        return new Manifest(left, pid, files, counts, past);
    }

    /** After one more update, made by this JVM's predecessor. */
    Manifest after(PastUpdate update) {
        List<PastUpdate> all = new ArrayList<>(past);
        all.add(update);
        return new Manifest(left - 1, update.newPid(), files, List.of(), all);
    }

    /** Written again by another JVM without an update between. */
    Manifest resumedBy(long newPid) {
        return new Manifest(left, newPid, files, List.of(), past);
    }

    /** Updates behind and to come. */
    int updates() {
        return past.size() + left;
    }
}
