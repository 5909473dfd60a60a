package org.liveupdate.itests;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.liveupdate.itests.notes.NotesBundle;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.FrameworkWiring;

/** What anybody can do to a bundle without asking. */
enum ForeignAction {
    STOP {
        @Override
        void on(BundleContext context, NotesBundle notes) throws BundleException {
            bundle(context, notes).stop();
        }
    },
    UPDATE {
        @Override
        void on(BundleContext context, NotesBundle notes) throws BundleException {
            bundle(context, notes).update(notes.withVersion("2.0.0").stream());
        }
    },
    UNINSTALL {
        @Override
        void on(BundleContext context, NotesBundle notes) throws BundleException {
            bundle(context, notes).uninstall();
        }
    },
    REFRESH {
        @Override
        void on(BundleContext context, NotesBundle notes) throws InterruptedException {
            refresh(context, List.of(bundle(context, notes)));
        }
    };

    abstract void on(BundleContext context, NotesBundle notes) throws BundleException, InterruptedException;

    /** Installs it, if it is not, and starts it, if it is not. */
    static Bundle deploy(BundleContext context, NotesBundle notes) throws BundleException {
        Bundle installed = bundle(context, notes);
        if (installed == null) {
            installed = context.installBundle(location(notes), notes.stream());
        }
        installed.start();
        return installed;
    }

    /** The bundle, or null if it is not installed. */
    static Bundle bundle(BundleContext context, NotesBundle notes) {
        return context.getBundle(location(notes));
    }

    private static String location(NotesBundle notes) {
        return "notes:" + notes.symbolicName();
    }

    /** Refreshes bundles, and all that are wired to them; returns when the framework is done. */
    static void refresh(BundleContext context, List<Bundle> bundles) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class).refreshBundles(bundles,
                event -> {
                    if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                        done.countDown();
                    }
                });
        done.await();
    }
}
