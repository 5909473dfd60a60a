package org.liveupdate.itests.notes;

import java.nio.charset.StandardCharsets;
import org.liveupdate.api.CallbackContext;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.kho.Region;

/** Texts in handover memory: a page each, the length in front. */
final class Notes {
    private Notes() {}

    static long write(CallbackContext context, String text) throws LiveUpdateException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Region region = context.memory().allocPreserve(Integer.BYTES + bytes.length);
        region.putInt(0, bytes.length);
        region.write(Integer.BYTES, bytes, 0, bytes.length);
        return region.address();
    }

    static String read(CallbackContext context, long address) throws LiveUpdateException {
        Region region = context.memory().region(address);
        byte[] bytes = new byte[region.getInt(0)];
        region.read(Integer.BYTES, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void free(CallbackContext context, long address) {
        try {
            if (context.side() == Side.OUTGOING) {
                context.memory().unpreserveFree(address);
            } else {
                context.memory().restoreFree(address);
            }
        } catch (LiveUpdateException e) {
            throw new IllegalStateException(e);
        }
    }
}
