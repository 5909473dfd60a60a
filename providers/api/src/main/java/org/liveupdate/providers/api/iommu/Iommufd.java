package org.liveupdate.providers.api.iommu;

import java.util.List;
import org.liveupdate.api.LiveUpdateException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A user's access to the IOMMU ({@code /dev/iommu}): address spaces, and hardware page tables made from them.
 *
 * <p>It can be preserved in a session over a live update, with those of its hardware page tables that are
 * {@linkplain HardwarePageTable#preserve marked}. In the successor they come back with their address spaces, mappings and
 * devices, and the devices never cease to translate through them; but each has to be {@linkplain #restore reclaimed}, and
 * each device attached again, before the session can be finished.
 *
 * <p>Thread safe. Every method but {@link #name}, {@link #close} and the lists is {@code EBADF} after close
 * and {@code ENODEV} when the provider has left; while a live update is under way, every change of what is preserved and
 * of what is in handover memory is {@code EBUSY}.
 */
@ProviderType
public interface Iommufd extends AutoCloseable {

    /**
     * The name it was opened with, for people.
     *
     * @return never null; in the successor a name that the provider made up
     */
    String name();

    /**
     * Makes an empty address space.
     *
     * @return never null
     * @throws LiveUpdateException as above
     */
    IoAddressSpace allocateAddressSpace() throws LiveUpdateException;

    /** The address spaces, by id; a copy. */
    List<IoAddressSpace> addressSpaces();

    /** The hardware page tables, by id, those included that are to be {@linkplain #restore reclaimed}; a copy. */
    List<HardwarePageTable> pageTables();

    /**
     * Takes a hardware page table over that came with a live update. From then on it is like any other of this iommufd:
     * it keeps its mark and its devices. Doing it twice returns the same.
     *
     * @param token the number it was marked with
     * @return never null
     * @throws LiveUpdateException {@code ENOTTY} if this iommufd did not come with a live update; {@code ENOENT} if none
     *         came with that token
     */
    HardwarePageTable restore(long token) throws LiveUpdateException;

    /**
     * Lets go. Unless a session holds it, its devices are detached, its mappings undone and its page tables freed. Closing
     * twice does nothing.
     */
    @Override
    void close();
}
