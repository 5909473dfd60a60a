package org.liveupdate.providers.hugetlb.internal;

import static org.liveupdate.providers.hugetlb.internal.Generation.GIB_1;
import static org.liveupdate.providers.hugetlb.internal.Generation.MIB_2;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.hugetlb.HugePages;
import org.liveupdate.testkit.FlbContractTest;
import org.liveupdate.testkit.FlbProvider;
import org.liveupdate.testkit.Host;

/** The rules that every FLB keeps to, kept by the counters of huge pages. */
class HugetlbFlbContractTest extends FlbContractTest<HugePages> {

    @Override
    public String compatible() {
        return HugePages.COMPATIBLE;
    }

    @Override
    public FlbProvider<HugePages> start(Host host) {
        Hugetlb hugetlb = new Hugetlb(Map.of(Settings.PAGES, "2M:8,1G:1")::get, Path.of("no sysfs"));
        host.register(HugePages.COMPATIBLE, new HugetlbFlb(hugetlb));
        return new Counters(hugetlb);
    }

    private record Counters(Hugetlb hugetlb) implements FlbProvider<HugePages> {

        @Override
        public void change(HugePages pages, int seed) throws LiveUpdateException {
            pages.add(MIB_2, seed);
            pages.add(GIB_1, 1);
        }

        @Override
        public Object state(HugePages pages) {
            return List.of(pages.pages(MIB_2), pages.pages(GIB_1));
        }

        @Override
        public void close() throws IOException {
            hugetlb.stop();
        }
    }
}
