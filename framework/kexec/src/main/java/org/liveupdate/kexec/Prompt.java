package org.liveupdate.kexec;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The Gogo prompt of a generation that is alone on the terminal. The shell's own is switched off in every generation: two
 * JVMs that read one terminal share its lines at random, so the next one has to wait until the last one has ended; and it
 * would answer before the bundles whose commands it is to know are started.
 *
 * <p>
 * Gogo is used by reflection: it may be absent, and nothing else here needs it.
 */
final class Prompt {
    private static final String GOSH = "(&(osgi.command.scope=gogo)(osgi.command.function=gosh))";
    private static final String PROCESSOR = "org.apache.felix.service.command.CommandProcessor";
    private static final String GREETING =
            "liveupdate:status shows what is preserved, liveupdate:why what is in trouble;"
                    + " help lists all commands, the end of the input stops.\n";
    private static final String SESSION = "org.apache.felix.service.command.CommandSession";

    private final BundleContext context;
    private final String command;
    private final Runnable onEnd;
    private final BundlesStarted started;
    private final CountDownLatch allStarted = new CountDownLatch(1);
    private final ServiceTracker<Object, Thread> tracker;
    private volatile boolean closed;

    /**
     * A prompt that is not there yet.
     *
     * @param arguments
     *            of {@code gosh}
     * @param readyFilter
     *            of the service that says that all bundles are started, or null
     * @param onEnd
     *            called at the end of the input
     */
    Prompt(BundleContext context, String arguments, String readyFilter, Runnable onEnd) {
        this.context = context;
        this.command = "gosh --noshutdown --quiet " + arguments;
        this.onEnd = onEnd;
        this.started = new BundlesStarted(context, readyFilter, this::look);
        try {
            tracker = new ServiceTracker<>(context, context.createFilter(GOSH), null) {
                @Override
                public Thread addingService(ServiceReference<Object> gosh) {
                    return begin();
                }
            };
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows the prompt as soon as there is a shell and all bundles are started. */
    void open() {
        started.open();
        look();
        tracker.open();
    }

    private void look() {
        if (started.getAsBoolean()) {
            started.close();
            allStarted.countDown();
        }
    }

    private Thread begin() {
        Thread thread = new Thread(this::converse, "liveupdate prompt");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void converse() {
        try {
            allStarted.await();
        } catch (InterruptedException e) {
            return;
        }
        ServiceReference<?> reference = closed ? null : context.getServiceReference(PROCESSOR);
        if (reference == null) {
            return;
        }
        Bundle gogo = reference.getBundle();
        try {
            FileOutputStream output = new FileOutputStream(FileDescriptor.out);
            output.write(GREETING.getBytes(StandardCharsets.US_ASCII));
            // not System.in, which reads ahead: what follows an update is for the next generation; and not System.out,
            // behind which Gogo puts the output of the session itself
            Object session = gogo.loadClass(PROCESSOR)
                    .getMethod("createSession", InputStream.class, OutputStream.class, OutputStream.class)
                    .invoke(context.getService(reference), new FileInputStream(FileDescriptor.in),
                            output, new FileOutputStream(FileDescriptor.err));
            gogo.loadClass(SESSION).getMethod("execute", CharSequence.class).invoke(session, command);
            if (!closed) {
                onEnd.run();
            }
        } catch (InvocationTargetException e) {
            failed(e.getCause());
        } catch (ReflectiveOperationException | IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void failed(Throwable e) {
        if (!closed) {
            System.err.println("liveupdate: there is no prompt any more: " + e);
        }
    }

    /** The end of the input means nothing any more. */
    void close() {
        closed = true;
        started.close();
        allStarted.countDown();
        tracker.close();
    }
}
