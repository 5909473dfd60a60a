package org.liveupdate.shell.text;

import java.util.List;
import java.util.stream.Collectors;
import org.osgi.framework.dto.BundleDTO;

/** A bundle, in a line. */
final class BundleView extends View<BundleDTO> {
    BundleView() {
        super(BundleDTO.class);
    }

    @Override
    String text(List<BundleDTO> bundles) {
        return bundles.stream()
                .map(bundle -> "bundle " + bundle.id + " (" + bundle.symbolicName + ' ' + bundle.version + ")")
                .collect(Collectors.joining("\n"));
    }
}
