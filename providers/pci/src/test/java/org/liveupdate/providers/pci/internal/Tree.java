package org.liveupdate.providers.pci.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * A sysfs tree with two devices behind two bridges, one on the root bus, a virtual function, and one that hangs in the air.
 *
 * <pre>
 *   pci0000:00/0000:00:01.0/0000:01:00.0/0000:02:00.0   a NIC
 *                                       /0000:02:01.0   another one
 *                                       /0000:02:00.1   a virtual function
 *             /0000:00:03.0                             a disk
 *   elsewhere/0000:05:00.0
 * </pre>
 */
final class Tree {

    static final PciAddress ROOT_PORT = PciAddress.parse("0000:00:01.0");
    static final PciAddress SWITCH = PciAddress.parse("0000:01:00.0");
    static final PciAddress NIC = PciAddress.parse("0000:02:00.0");
    static final PciAddress OTHER_NIC = PciAddress.parse("0000:02:01.0");
    static final PciAddress VIRTUAL = PciAddress.parse("0000:02:00.1");
    static final PciAddress DISK = PciAddress.parse("0000:00:03.0");
    static final PciAddress ASTRAY = PciAddress.parse("0000:05:00.0");

    private final Path links;
    private final Path root;

    private Tree(Path directory) throws IOException {
        links = Files.createDirectories(directory.resolve("bus/pci/devices"));
        root = Files.createDirectories(directory.resolve("devices"));
    }

    static Path in(Path directory) throws IOException {
        Tree tree = new Tree(directory);
        Path port = tree.add(tree.root.resolve("pci0000:00"), ROOT_PORT, 0x060400);
        Path behind = tree.add(port, SWITCH, 0x060400);
        tree.add(behind, NIC, 0x020000);
        tree.add(behind, OTHER_NIC, 0x020000);
        Files.createSymbolicLink(tree.add(behind, VIRTUAL, 0x020000).resolve("physfn"), Path.of("../" + NIC));
        tree.add(tree.root.resolve("pci0000:00"), DISK, 0x010802);
        tree.add(tree.root.resolve("elsewhere"), ASTRAY, 0x010802);
        return tree.links;
    }

    private Path add(Path parent, PciAddress address, int classCode) throws IOException {
        Path device = Files.createDirectories(parent.resolve(address.toString()));
        Files.writeString(device.resolve("vendor"), "0x1af4\n");
        Files.writeString(device.resolve("device"), "0x1041\n");
        Files.writeString(device.resolve("class"), String.format("0x%06x%n", classCode));
        Files.createSymbolicLink(links.resolve(address.toString()), links.relativize(device));
        return device;
    }
}
