package org.liveupdate.itests.support;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.ops4j.pax.exam.CoreOptions;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;

/**
 * Diverts what Jupiter calls on a test class to a copy of the class that a probe bundle has loaded.
 * <p>
 * The native container runs in this JVM, and its system bundle exports the packages of Jupiter: both copies see the same
 * {@code Assertions}, and what they throw arrives as it is.
 */
final class InContainer implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {
    private static final String[] JUPITER_PACKAGES = {"org.apiguardian.api", "org.junit.jupiter.api",
            "org.junit.jupiter.api.condition", "org.junit.jupiter.api.extension", "org.junit.jupiter.api.function",
            "org.junit.jupiter.api.io", "org.junit.jupiter.params", "org.junit.jupiter.params.provider",
            "org.opentest4j"};

    private Container container;
    private ProbeClass probe;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Class<?> test = context.getRequiredTestClass();
        if (context.getEnclosingTestClasses().isEmpty()) {
            container = Container.start(options(test));
            probe = new ProbeClass(container.installProbe(test), test);
        } else {
            throw new IllegalStateException(test + ": a nested class cannot run inside a container");
        }
    }

    private static Option[] options(Class<?> test) throws ReflectiveOperationException {
        Option[] options = test.getAnnotation(OsgiTest.class).value().getDeclaredConstructor().newInstance().get();
        return OptionUtils.combine(options, CoreOptions.systemPackages(JUPITER_PACKAGES));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (container != null) {
            container.close();
        }
    }

    @Override
    public void interceptBeforeAllMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> call,
            ExtensionContext context) throws Throwable {
        divert(invocation, call);
    }

    @Override
    public void interceptBeforeEachMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> call,
            ExtensionContext context) throws Throwable {
        divert(invocation, call);
    }

    @Override
    public void interceptTestMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> call,
            ExtensionContext context) throws Throwable {
        divert(invocation, call);
    }

    @Override
    public void interceptTestTemplateMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> call,
            ExtensionContext context) throws Throwable {
        divert(invocation, call);
    }

    @Override
    public void interceptAfterEachMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> call,
            ExtensionContext context) throws Throwable {
        divert(invocation, call);
    }

    @Override
    public void interceptAfterAllMethod(Invocation<Void> invocation, ReflectiveInvocationContext<Method> call,
            ExtensionContext context) throws Throwable {
        divert(invocation, call);
    }

    private void divert(Invocation<Void> invocation, ReflectiveInvocationContext<Method> call) throws Throwable {
        invocation.skip();
        probe.invoke(call.getExecutable(), call.getTarget().orElse(null), call.getArguments().toArray());
    }
}
