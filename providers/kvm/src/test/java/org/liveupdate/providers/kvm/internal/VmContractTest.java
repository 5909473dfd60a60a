package org.liveupdate.providers.kvm.internal;

import java.io.IOException;
import java.util.List;
import org.liveupdate.providers.api.kvm.Vm;
import org.liveupdate.testkit.FileHandlerContractTest;
import org.liveupdate.testkit.FileProvider;
import org.liveupdate.testkit.Host;

/** The rules that every file handler keeps to, kept by that of machines. */
class VmContractTest extends FileHandlerContractTest<Vm> {

    @Override
    public String compatible() {
        return VmLayout.COMPATIBLE;
    }

    @Override
    public FileProvider<Vm> start(Host host) {
        Kvm kvm = new Kvm();
        host.register(VmLayout.COMPATIBLE, new VmHandler(kvm));
        return new Vms(new KvmFactoryComponent(kvm, host.pool()));
    }

    private record Vms(KvmFactoryComponent factory) implements FileProvider<Vm> {

        @Override
        public Vm create(int seed) throws IOException {
            Vm vm = factory.createVm("contract", Vm.TYPE_SW_PROTECTED);
            vm.setAttributes(seed % 100 * Vm.PAGE_BYTES, (1 + seed / 100) * Vm.PAGE_BYTES, Vm.ATTRIBUTE_PRIVATE);
            return vm;
        }

        @Override
        public Object state(Vm vm) throws IOException {
            StringBuilder attributes = new StringBuilder();
            for (long page = 0; page < 200; page++) {
                attributes.append(vm.attributes(page * Vm.PAGE_BYTES));
            }
            return List.of(vm.type(), attributes.toString());
        }

        @Override
        public void close(Vm vm) {
            vm.close();
        }
    }
}
