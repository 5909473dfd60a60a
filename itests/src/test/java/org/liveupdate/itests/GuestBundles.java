package org.liveupdate.itests;

import static org.liveupdate.itests.support.Bundles.onClasspath;

import java.util.function.Supplier;
import org.liveupdate.itests.support.LiveUpdateBundles;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/** The usual runtime, with all that a guest with devices needs. */
public final class GuestBundles implements Supplier<Option[]> {
    @Override
    public Option[] get() {
        return OptionUtils.combine(new LiveUpdateBundles().get(), onClasspath("org.liveupdate.providers.kvm"),
                onClasspath("org.liveupdate.providers.iommu"), onClasspath("org.liveupdate.providers.pci"),
                onClasspath("org.liveupdate.providers.vfio"));
    }
}
