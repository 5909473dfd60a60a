package org.liveupdate.core.luo;

import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateConstants;
import org.liveupdate.api.LiveUpdateException;

/** The rule for compatible strings. */
final class Compatible {
    private Compatible() {}

    static boolean isValid(String text) {
        return text != null && !text.isEmpty() && text.length() <= LiveUpdateConstants.COMPATIBLE_MAX_BYTES
                && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    static void check(String text, String what) throws LiveUpdateException {
        if (!isValid(text)) {
            throw new LiveUpdateException(Errno.EINVAL, what + " needs a compatible string of 1 to "
                    + LiveUpdateConstants.COMPATIBLE_MAX_BYTES + " bytes of printable ASCII, not "
                    + (text == null ? "null" : '"' + text + "\" (" + text.length() + " characters)"));
        }
    }
}
