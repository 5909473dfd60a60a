package org.liveupdate.providers.hardware;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.providers.api.pci.PciAddress;

/**
 * The process that is a machine with its devices: {@code MachineMain DIRECTORY ADDRESS...}. It creates the directory, plugs
 * the devices in, says {@code ready}, and switches everything off at the end of its input, so that a machine does not
 * outlive who started it. The directory stays.
 */
public final class MachineMain {

    private static final long IDLE_SECONDS = 10;

    private MachineMain() {}

    /** The arguments are the machine's directory and where the devices are. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            System.err.println("expected: DIRECTORY ADDRESS..., such as /run/machine 0000:01:00.0 0000:02:00.0");
            System.exit(2);
        }
        List<PciAddress> addresses = new ArrayList<>();
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            addresses.add(PciAddress.parse(argument));
        }
        Machine machine = Machine.create(Path.of(arguments[0]).toAbsolutePath(), addresses);
        List<DeviceProcess> devices = new ArrayList<>();
        Closeable use = machine.use();
        try {
            for (PciAddress address : addresses) {
                devices.add(DeviceProcess.start(machine.directory(), address, System.getProperty("java.class.path"),
                        IDLE_SECONDS));
            }
            System.out.println(DeviceMain.READY);
            while (System.in.read() >= 0) {
                // nothing is expected but the end
            }
        } finally {
            machine.powerOff();
            for (DeviceProcess device : devices) {
                device.await();
            }
            use.close();
        }
    }
}
