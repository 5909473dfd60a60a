package org.liveupdate.core.image;

import java.util.List;

/** The layouts that this build writes, and reads: the version catalogue. */
public final class Formats {
    private static final List<String> WRITTEN = List.of(LuoLayout.ROOT, LuoLayout.SESSION, LuoLayout.FLB,
            LuoLayout.OWN_FLB, LuoLayout.TIMELINE, "liveupdate-kho-v1");

    private Formats() {}

    /**
     * What a generation says about itself before a handover.
     *
     * @return {@code format NAME} for each layout
     */
    public static List<String> capabilities() {
        return WRITTEN.stream().map(name -> "format " + name).toList();
    }
}
