package org.liveupdate.providers.api.pci;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PCI device is: its domain (segment), bus, device and function numbers. They stay the same over a live update,
 * because the device goes on with DMA under them. Immutable.
 *
 * @param domain 0 to 2^28 - 1, usually 0
 * @param bus 0 to 255
 * @param device 0 to 31
 * @param function 0 to 7
 */
public record PciAddress(int domain, int bus, int device, int function) implements Comparable<PciAddress> {

    private static final Pattern TEXT =
            Pattern.compile("([0-9a-f]{4,7}):([0-9a-f]{2}):([0-9a-f]{2})\\.([0-7])");
    private static final Comparator<PciAddress> ORDER =
            Comparator.comparingInt(PciAddress::domain).thenComparingInt(PciAddress::bdf);

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public PciAddress {
        if (domain >>> 28 != 0 || (bus & ~0xff) != 0 || (device & ~0x1f) != 0 || (function & ~7) != 0) {
            throw new IllegalArgumentException(
                    "PCI address: expected domain 0 to 2^28 - 1, bus 0 to 255, device 0 to 31, "
                            + "function 0 to 7, found " + domain + ", " + bus + ", " + device + ", " + function);
        }
    }

    /**
     * The address with that domain and bus, device and function in one number.
     *
     * @param domain 0 to 2^28 - 1
     * @param bdf 0 to 65535, see {@link #bdf()}
     * @throws IllegalArgumentException if a number is out of range
     */
    public static PciAddress of(int domain, int bdf) {
        return new PciAddress(domain, bdf >> 8, bdf >> 3 & 0x1f, bdf & 7);
    }

    /**
     * Reads the form that {@link #toString()} writes.
     *
     * @param text such as {@code 0000:00:03.0}, in lower case; not null
     * @throws IllegalArgumentException if it is not of that form
     */
    public static PciAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("PCI address: expected the like of 0000:00:03.0, found " + text);
        }
        return new PciAddress(Integer.parseUnsignedInt(matcher.group(1), 16), Integer.parseInt(matcher.group(2), 16),
                Integer.parseInt(matcher.group(3), 16), Integer.parseInt(matcher.group(4)));
    }

    /** Bus, device and function in one number of 16 bits: bus &lt;&lt; 8 | device &lt;&lt; 3 | function. */
    public int bdf() {
        return bus << 8 | device << 3 | function;
    }

    /** By domain, then by bus, device and function. */
    @Override
    public int compareTo(PciAddress other) {
        return ORDER.compare(this, other);
    }

    /** As the names in sysfs: {@code 0000:00:03.0}. */
    @Override
    public String toString() {
        return String.format("%04x:%02x:%02x.%d", domain, bus, device, function);
    }
}
