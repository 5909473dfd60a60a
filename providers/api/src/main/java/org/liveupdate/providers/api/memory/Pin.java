package org.liveupdate.providers.api.memory;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps a range of a file where it is ({@code pin_user_pages}), for whoever reaches its bytes by address: a device.
 *
 * <p>Until it is closed the bytes neither move nor are freed, also when the file is closed or its session lets go of it,
 * and shortening the file into the range is {@code EBUSY}. A pin does not survive the file's provider: when that leaves,
 * the file is {@code ENODEV} and only its session keeps the bytes, so they are to be pinned again through the file that the
 * session has then. Thread safe.
 */
@ProviderType
public interface Pin extends AutoCloseable {

    /** Where the bytes are, in the order of the file and without a gap; unmodifiable, never empty. */
    List<Extent> extents();

    /** Lets go of the bytes. Closing twice does nothing. */
    @Override
    void close();
}
