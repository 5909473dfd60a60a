package org.liveupdate.itests.support;

import java.io.IOException;
import org.ops4j.pax.exam.ExamSystem;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.TestContainer;
import org.ops4j.pax.exam.TestProbeBuilder;
import org.ops4j.pax.exam.nat.internal.NativeTestContainer;
import org.ops4j.pax.exam.spi.DefaultExamSystem;
import org.ops4j.pax.exam.spi.PaxExamRuntime;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * A started Pax Exam container in this JVM. Pax Exam's default system would add a dozen helper bundles: this one has
 * exactly what the options name.
 */
final class Container implements AutoCloseable {
    private final ExamSystem system;
    private final TestContainer container;

    private Container(ExamSystem system, TestContainer container) {
        this.system = system;
        this.container = container;
    }

    /** Starts the framework and its bundles; one that does not resolve is an exception. */
    static Container start(Option... options) throws IOException {
        ExamSystem system = DefaultExamSystem.create(options);
        Container started = new Container(system, PaxExamRuntime.createContainer(system));
        try {
            started.container.start();
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    /** The context of the system bundle. */
    BundleContext context() {
        return ((NativeTestContainer) container).getSystemBundle().getBundleContext();
    }

    /** Installs and starts a bundle that holds all test classes. */
    Bundle installProbe(Class<?> test) throws IOException {
        TestProbeBuilder probe = system.createProbe();
        probe.addTest(test, "not called"); // a probe needs one; Jupiter says which methods run
        return context().getBundle(container.installProbe(probe.build().getStream()));
    }

    @Override
    public void close() {
        container.stop();
        system.clear();
    }
}
