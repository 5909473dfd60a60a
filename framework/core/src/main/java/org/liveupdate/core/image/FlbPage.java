package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.util.List;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.kho.image.FixedString;

/** Writes the FLB page, as {@link FlbPageLayout} has it. */
public final class FlbPage {
    private FlbPage() {}

    /**
     * Fills a page.
     *
     * @param page
     *            4096 zeros, little-endian; its position does not matter and is not moved
     * @param flbs
     *            as many as the page holds at most
     */
    public static void write(ByteBuffer page, List<FlbEntry> flbs) {
        page.putLong(FlbPageLayout.PAGES, 1).putLong(FlbPageLayout.COUNT, flbs.size());
        int offset = FlbPageLayout.HEADER_BYTES;
        for (FlbEntry flb : flbs) {
            FixedString.put(page, offset + FlbPageLayout.NAME, FlbPageLayout.NAME_BYTES, flb.name());
            page.putLong(offset + FlbPageLayout.DATA, flb.data());
            page.putLong(offset + FlbPageLayout.FILES, flb.files());
            offset += FlbPageLayout.ENTRY_BYTES;
        }
    }
}
