package org.liveupdate.testkit;

/**
 * Starts a provider, as its bundle's start does.
 *
 * @param <P>
 *            what a started provider is to the test
 */
interface Starter<P> {
    /**
     * Starts the provider. Called for every generation and every new owner, also on another object of this class, and in
     * another class loader: whatever the provider needs comes from the host.
     *
     * @param host
     *            where it registers its services, and finds those that it needs
     * @return the provider, started
     * @throws Exception
     *             fails the test
     */
    P start(Host host) throws Exception;
}
