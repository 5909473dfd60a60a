package org.liveupdate.providers.iommu.internal;

import java.nio.file.Path;
import java.util.Objects;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.kho.Pool;
import org.liveupdate.providers.api.iommu.Iommufd;
import org.liveupdate.providers.api.iommu.IommufdFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Opens iommufds, as soon as and as long as this generation is in charge. With it begins and ends the use of the IOMMU.
 */
@Component(immediate = true)
public final class IommufdFactoryComponent implements IommufdFactory {

    private final Iommu iommu;

    /** Called by DS. */
    @Activate
    public IommufdFactoryComponent(BundleContext context, @Reference Pool pool, @Reference LiveUpdate liveUpdate,
            @Reference LiveUpdateRuntime runtime) {
        this(Activator.shared(context), pool, liveUpdate, runtime);
    }

    IommufdFactoryComponent(Iommu iommu, Pool pool, LiveUpdate liveUpdate, LiveUpdateRuntime runtime) {
        this.iommu = iommu;
        iommu.start(pool, liveUpdate, () -> Path.of(runtime.getRuntimeDTO().memory.file));
    }

    /** Called by DS: devices of iommufds that no session holds are detached. */
    @Deactivate
    public void stop() {
        iommu.stop();
    }

    @Override
    public Iommufd open(String name) {
        return IommufdFile.open(iommu, Objects.requireNonNull(name, "name"));
    }
}
