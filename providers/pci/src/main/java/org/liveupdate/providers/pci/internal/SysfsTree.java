package org.liveupdate.providers.pci.internal;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.pci.PciAddress;
import org.liveupdate.providers.api.pci.PciDevice;

/**
 * A directory like {@code /sys/bus/pci/devices}: a link for each device to its directory, which lies in that of the bridge
 * above it, and so on up to the root bus. It is only read. Thread safe.
 *
 * @param root the directory
 */
record SysfsTree(Path root) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9a-f]{4,7}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");
    private static final Pattern ROOT_BUS = Pattern.compile("pci[0-9a-f]{4,7}:[0-9a-f]{2}");

    /** All devices by address; none if there is no such directory, as on a machine without PCI. */
    List<PciDevice> devices() throws LiveUpdateException {
        if (Files.notExists(root)) {
            return List.of();
        }
        List<PciAddress> addresses = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                address(entry).ifPresent(addresses::add);
            }
        } catch (IOException e) {
            throw unreadable(root, e);
        }
        addresses.sort(null);
        List<PciDevice> devices = new ArrayList<>();
        for (PciAddress address : addresses) {
            devices.add(device(address));
        }
        return devices;
    }

    /** One device; {@code ENODEV} if there is none. */
    PciDevice device(PciAddress address) throws LiveUpdateException {
        Path entry = root.resolve(address.toString());
        if (Files.notExists(entry)) {
            throw new LiveUpdateException(Errno.ENODEV, "there is no PCI device " + address + " in " + root);
        }
        try {
            Path directory = entry.toRealPath();
            List<PciAddress> bridges = new ArrayList<>();
            Path above = directory.getParent();
            for (Optional<PciAddress> bridge = address(above); bridge.isPresent(); bridge = address(above)) {
                bridges.add(bridge.get());
                above = above.getParent();
            }
            String top = name(above);
            return new PciDevice(address, number(directory, "vendor"), number(directory, "device"),
                    number(directory, "class"), Files.exists(directory.resolve("physfn"), LinkOption.NOFOLLOW_LINKS),
                    bridges, ROOT_BUS.matcher(top).matches() ? top : null, directory);
        } catch (IOException | NumberFormatException e) {
            throw unreadable(entry, e);
        }
    }

    private static int number(Path directory, String attribute) throws IOException {
        return Integer.decode(Files.readString(directory.resolve(attribute)).trim());
    }

    private static Optional<PciAddress> address(Path path) {
        String name = name(path);
        return ADDRESS.matcher(name).matches() ? Optional.of(PciAddress.parse(name)) : Optional.empty();
    }

    private static String name(Path path) {
        return path == null || path.getFileName() == null ? "" : path.getFileName().toString();
    }

    private static LiveUpdateException unreadable(Path path, Exception e) {
        return new LiveUpdateException(Errno.EIO, "PCI devices cannot be read from " + path + ": " + e.getMessage());
    }
}
