package org.liveupdate.providers.hugetlb.internal;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What our files on hugetlbfs are called. Everything else there is somebody else's.
 *
 * <pre>
 *   &lt;id&gt;.live            of an ordinary file: ends with its generation
 *   &lt;epoch&gt;-&lt;id&gt;.kept    of a preserved file: the epoch is that of the FLB it was preserved with
 *
 *   id, epoch: 32 hexadecimal digits, drawn at random
 * </pre>
 */
final class MountNames {

    private static final String ID = "[0-9a-f]{32}";
    private static final Pattern LIVE = Pattern.compile("(" + ID + ")\\.live");
    private static final Pattern KEPT = Pattern.compile("(" + ID + ")-(" + ID + ")\\.kept");

    private MountNames() {}

    static String newLive() {
        return UUID.randomUUID().toString().replace("-", "") + ".live";
    }

    static boolean isLive(String name) {
        return LIVE.matcher(name).matches();
    }

    static boolean isKept(String name) {
        return KEPT.matcher(name).matches();
    }

    /** The name of the same file as a preserved one. */
    static String kept(String live, String epoch) {
        return epoch + '-' + match(LIVE, live).group(1) + ".kept";
    }

    /** The name of the same file as an ordinary one. */
    static String live(String kept) {
        return match(KEPT, kept).group(2) + ".live";
    }

    /** The epoch in the name of a preserved file. */
    static String epoch(String kept) {
        return match(KEPT, kept).group(1);
    }

    private static Matcher match(Pattern pattern, String name) {
        Matcher matcher = pattern.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("name of a file on hugetlbfs: expected " + pattern + ", found " + name);
        }
        return matcher;
    }
}
