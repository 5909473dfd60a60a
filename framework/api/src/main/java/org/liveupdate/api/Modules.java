package org.liveupdate.api;

import java.io.InputStream;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;
import org.osgi.framework.Bundle;

/**
 * Unloads and replaces provider bundles as the kernel unloads modules: not while somebody holds a reference
 * ({@code delete_module}), and without losing what they have preserved.
 *
 * <p>
 * Thread safe. Stopping a bundle in any other way is possible at any time, and loses nothing either: what the bundle
 * preserved is detached, and attached again when the bundle, or one that takes its place, comes back.
 */
@ProviderType
public interface Modules {
    /**
     * Who holds references on a bundle.
     *
     * @param bundle
     *            any, not null
     * @return one line each, such as {@code flb hugetlb-v1 (outgoing, 2 files)}; empty if it can be unloaded
     */
    List<String> holders(Bundle bundle);

    /**
     * Stops and uninstalls a bundle ({@code rmmod}).
     *
     * @param bundle
     *            which, not null
     * @param force
     *            true detaches what is in use first (callbacks and handles in flight get the detach deadline) instead of
     *            refusing
     * @throws LiveUpdateException
     *             {@code EWOULDBLOCK} references are held and {@code force} is false; the message lists the holders ·
     *             {@code EPERM} it is a bundle of the framework for live update itself · {@code EINVAL} it is not installed ·
     *             {@code EIO} the framework could not stop or uninstall it. Nothing was changed, but for the last.
     */
    void unload(Bundle bundle, boolean force) throws LiveUpdateException;

    /**
     * What would happen in a swap; changes nothing.
     *
     * @param old
     *            the bundle that would be replaced, not null
     * @return what would be refused, and which other bundles would have to be refreshed, one line each; empty if a swap is
     *         possible
     */
    List<String> plan(Bundle old);

    /**
     * What would happen if one particular bundle took the place of another one; changes nothing. It is installed and
     * resolved for that, and uninstalled again. None of its code runs: what it offers is what it declares as capabilities
     * ({@link LiveUpdateConstants#HANDLER_NAMESPACE}, {@link LiveUpdateConstants#FLB_NAMESPACE}).
     *
     * @param old
     *            the bundle that would be replaced, not null
     * @param location
     *            where the new bundle would be installed: not that of another bundle, not null
     * @param content
     *            its jar, read to the end and closed; null to read it from the location
     * @return as {@link #plan(Bundle)}, and: that the new bundle cannot be installed or resolved, and the compatible strings
     *         in use that it does not declare
     */
    List<String> plan(Bundle old, String location, InputStream content);

    /**
     * Replaces a provider by another bundle, usually another version of it, while both FLBs and files stay preserved, and
     * no other bundle stops. The new bundle is installed and started next to the old one; what the old one serves is
     * detached from it and attached to the new one; the old one is uninstalled. Who wants the state meanwhile waits.
     *
     * @param old
     *            the bundle to be replaced, not null; if it has left already, the new one gets what it left detached
     * @param location
     *            where the new bundle is to be installed: not that of another bundle, not null
     * @param content
     *            its jar, read to the end and closed; null to read it from the location
     * @return the new bundle, active
     * @throws LiveUpdateException
     *             {@code EINVAL} the new bundle lacks a compatible string that is in use (the message lists them), or cannot
     *             be installed, resolved or started · {@code EBUSY} a handle stays open, a session is busy, a live update is
     *             under way, or others are wired to the old bundle, as every provider is to {@code org.liveupdate.api} ·
     *             {@code EPERM} it is another bundle of the framework for live update itself · whatever the new one's {@code retrieve} answers. In each case the old bundle is in charge as
     *             before, and the new one is uninstalled.
     */
    Bundle swap(Bundle old, String location, InputStream content) throws LiveUpdateException;
}
