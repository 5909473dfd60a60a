package org.liveupdate.providers.hardware;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.liveupdate.providers.api.hardware.DeviceRegisters;
import org.liveupdate.providers.api.hardware.IommuRegisters;
import org.liveupdate.providers.api.hardware.MachineLayout;
import org.liveupdate.providers.api.hardware.RegisterFile;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * The process that is a device: {@code DeviceMain MACHINE ADDRESS [IDLE SECONDS]}. It says {@code ready} when it looks at
 * its registers, and ends with status 0, saying why, when the machine does; with 2 if the arguments are wrong.
 */
public final class DeviceMain {

    /** What it says when it has begun. */
    static final String READY = "ready";

    private static final String IDLE_SECONDS = "30";

    private DeviceMain() {}

    /** The arguments are the machine's directory, the device's address, and how long nobody may use the machine. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || arguments.length > 3) {
            System.err.println("expected: MACHINE ADDRESS [IDLE SECONDS], such as /run/machine 0000:00:03.0 30");
            System.exit(2);
        }
        Path machine = Path.of(arguments[0]);
        PciAddress address = PciAddress.parse(arguments[1]);
        long idle = TimeUnit.SECONDS.toNanos(Long.parseLong(arguments.length > 2 ? arguments[2] : IDLE_SECONDS));
        RegisterFile registers = DeviceRegisters.open(
                machine.resolve(MachineLayout.DEVICES).resolve(address.toString()));
        try (Life life = new Life(machine, idle);
                BusMaster memory = new BusMaster(IommuRegisters.open(machine), address)) {
            run(life, new Device(registers, memory), address);
        }
    }

    private static void run(Life life, Device device, PciAddress address) throws IOException {
        device.step();
        System.out.println(READY);
        String end = life.end();
        while (end == null) {
            Device.pause(device.step());
            end = life.end();
        }
        System.out.println("device " + address + " stops: " + end);
    }
}
