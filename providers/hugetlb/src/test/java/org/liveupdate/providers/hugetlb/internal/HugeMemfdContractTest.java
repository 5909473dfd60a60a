package org.liveupdate.providers.hugetlb.internal;

import static org.liveupdate.providers.hugetlb.internal.Generation.MIB_2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.hugetlb.HugePages;
import org.liveupdate.testkit.FileHandlerContractTest;
import org.liveupdate.testkit.FileProvider;
import org.liveupdate.testkit.Host;

/** The rules that every file handler keeps to, kept by that of huge memfds; on ordinary pages. */
class HugeMemfdContractTest extends FileHandlerContractTest<HugeMemfd> {

    @Override
    public String compatible() {
        return HugeMemfdLayout.COMPATIBLE;
    }

    @Override
    public FileProvider<HugeMemfd> start(Host host) {
        Hugetlb hugetlb = new Hugetlb(Map.of(Settings.PAGES, "2M:16")::get, Path.of("no sysfs"));
        host.register(HugePages.COMPATIBLE, new HugetlbFlb(hugetlb));
        host.register(HugeMemfdLayout.COMPATIBLE, new HugeMemfdHandler(hugetlb), HugePages.COMPATIBLE);
        return new HugeMemfds(hugetlb, new HugeMemfdFactoryComponent(hugetlb, host.pool(), host.liveUpdate()),
                host.liveUpdate());
    }

    private record HugeMemfds(Hugetlb hugetlb, HugeMemfdFactory factory, LiveUpdate liveUpdate)
            implements
                FileProvider<HugeMemfd> {

        @Override
        public HugeMemfd create(int seed) throws IOException {
            HugeMemfd file = factory.create("contract", MIB_2, MIB_2);
            file.write(0, ByteBuffer.allocate(Integer.BYTES).putInt(0, seed));
            return file;
        }

        @Override
        public void change(HugeMemfd file, int seed) throws IOException {
            file.write(8192, ByteBuffer.allocate(Integer.BYTES).putInt(0, seed));
            file.position(seed);
        }

        @Override
        public Object state(HugeMemfd file) throws IOException {
            CRC32C checksum = new CRC32C();
            file.visit(checksum::update);
            return List.of(file.size(), file.pageSize(), file.position(), checksum.getValue());
        }

        @Override
        public Object shared() throws LiveUpdateException {
            try (FlbHandle<HugePages> pages = liveUpdate.getOutgoing(FlbCounters.KEY)) {
                return pages.get().pages(MIB_2);
            }
        }

        @Override
        public void close(HugeMemfd file) {
            file.close();
        }

        @Override
        public void close() throws IOException {
            hugetlb.stop();
        }
    }
}
