package org.liveupdate.itests.notes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Flb;
import org.liveupdate.api.LiveUpdateConstants;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/**
 * Offers what the bundle's headers name; withdraws and offers it again when told so by the bundle's two
 * {@link Runnable} services.
 */
public final class NotesActivator implements BundleActivator {
    private final List<ServiceRegistration<?>> offered = new CopyOnWriteArrayList<>();
    private BundleContext context;
    private Consumer<String> watch;

    @Override
    public void start(BundleContext started) throws InvalidSyntaxException {
        context = started;
        watch = watch();
        command(NotesBundle.OFFER, this::offer);
        command(NotesBundle.WITHDRAW, this::withdraw);
        offer();
    }

    @Override
    public void stop(BundleContext stopped) {
        // the framework withdraws what is left
    }

    private void command(String name, Runnable action) {
        context.registerService(Runnable.class, action, new Hashtable<>(
                Map.of(NotesBundle.COMMAND, name, NotesBundle.OF, context.getBundle().getSymbolicName())));
    }

    /** The test that watches this bundle, or nobody. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private Consumer<String> watch() throws InvalidSyntaxException {
        Collection<ServiceReference<Consumer>> found = context.getServiceReferences(Consumer.class,
                '(' + NotesBundle.OF + '=' + context.getBundle().getSymbolicName() + ')');
        return found.isEmpty() ? callback -> {} : context.getService(found.iterator().next());
    }

    private void offer() {
        for (String compatible : header(NotesBundle.FLBS)) {
            offered.add(context.registerService(Flb.class.getName(), new NotesFlb(watch),
                    new Hashtable<>(Map.of(LiveUpdateConstants.COMPATIBLE, compatible))));
        }
        for (String compatible : header(NotesBundle.HANDLERS)) {
            offered.add(context.registerService(FileHandler.class.getName(), new NotesHandler(compatible, watch),
                    new Hashtable<>(Map.of(LiveUpdateConstants.COMPATIBLE, compatible, LiveUpdateConstants.FLBS,
                            header(NotesBundle.DEPENDS)))));
        }
    }

    private void withdraw() {
        new ArrayList<>(offered).forEach(ServiceRegistration::unregister);
        offered.clear();
    }

    private String[] header(String name) {
        String value = context.getBundle().getHeaders().get(name);
        return Arrays.stream(value.split(",")).map(String::trim).filter(text -> !text.isEmpty())
                .toArray(String[]::new);
    }
}
