package org.liveupdate.core.osgi;

import java.util.function.Consumer;
import java.util.function.Function;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * Gives each bundle an object of its own.
 *
 * @param <S>
 *            what a bundle gets
 */
final class PerBundle<S> implements ServiceFactory<Object> {
    private final Function<Bundle, S> maker;
    private final Consumer<S> releaser;

    PerBundle(Function<Bundle, S> maker, Consumer<S> releaser) {
        this.maker = maker;
        this.releaser = releaser;
    }

    @Override
    public Object getService(Bundle bundle, ServiceRegistration<Object> registration) {
        return maker.apply(bundle);
    }

    @Override
    @SuppressWarnings("unchecked") // the framework returns what getService made
    public void ungetService(Bundle bundle, ServiceRegistration<Object> registration, Object service) {
        releaser.accept((S) service);
    }
}
