package org.liveupdate.providers.memfd.internal;

import org.liveupdate.api.FileHandler;
import org.liveupdate.api.annotations.ProvidesFileHandler;
import org.osgi.service.component.annotations.Component;

/** Reads memfds that an earlier version of this bundle preserved. It takes no file: {@link MemfdHandler} does. */
@Component(service = FileHandler.class)
@ProvidesFileHandler(compatible = MemfdLayoutV1.COMPATIBLE)
public final class MemfdV1Handler extends MemfdHandler {

    /** Called by DS. */
    public MemfdV1Handler() {
        super(new MemfdLayoutV1());
    }

    @Override
    public boolean canPreserve(Object file) {
        return false;
    }
}
