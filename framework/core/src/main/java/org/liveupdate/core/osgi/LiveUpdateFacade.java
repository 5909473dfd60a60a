package org.liveupdate.core.osgi;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbHandle;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.FlbLock;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;
import org.liveupdate.core.luo.FlbRuntime;
import org.liveupdate.core.luo.HandlerRuntime;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;

/** The live update service as one bundle sees it: what the bundle opens and registers belongs to it. */
final class LiveUpdateFacade implements LiveUpdate {
    private final Orchestrator core;
    private final Module module;
    private final Explicit explicit;
    /** Whether this bundle has opened the device. */
    private volatile boolean deviceOpen;
    private final Set<SessionFacade> sessions = ConcurrentHashMap.newKeySet();

    LiveUpdateFacade(Orchestrator core, Module module, Explicit explicit) {
        this.core = core;
        this.module = module;
        this.explicit = explicit;
    }

    /** The bundle stops using the service: handles are closed, sessions can be found again by name. */
    void release() {
        sessions.forEach(SessionFacade::abandon);
        core.agents().closeHandlesOf(module);
        explicit.releaseAll(module);
        core.device().close(this);
        deviceOpen = false;
    }

    private void openDevice() throws LiveUpdateException {
        if (!deviceOpen) {
            core.device().open(this, module.toString());
            deviceOpen = true;
        }
    }

    private Session session(org.liveupdate.core.luo.SessionState state) {
        SessionFacade facade = new SessionFacade(core, state, module, sessions::remove);
        sessions.add(facade);
        return facade;
    }

    @Override
    public boolean enabled() {
        return core.enabled();
    }

    @Override
    public long number() {
        return core.handover().number();
    }

    @Override
    public Session createSession(String name) throws LiveUpdateException {
        openDevice();
        return session(core.agents().createSession(name));
    }

    @Override
    public Session openSession(String name) throws LiveUpdateException {
        openDevice();
        return session(core.agents().openSession(name));
    }

    @Override
    public Session retrieveSession(String name) throws LiveUpdateException {
        openDevice();
        return session(core.agents().retrieveSession(name));
    }

    @Override
    public List<String> sessions(Side side) {
        return core.agents().sessionNames(side);
    }

    @Override
    public <T> FlbHandle<T> getIncoming(FlbKey<T> key) throws LiveUpdateException {
        return core.agents().get(key, Side.INCOMING, module);
    }

    @Override
    public <T> FlbHandle<T> getOutgoing(FlbKey<T> key) throws LiveUpdateException {
        return core.agents().get(key, Side.OUTGOING, module);
    }

    @Override
    public <T> FlbLock<T> lockIncoming(FlbKey<T> key) throws LiveUpdateException {
        return core.agents().lock(key, Side.INCOMING, module);
    }

    @Override
    public <T> FlbLock<T> lockOutgoing(FlbKey<T> key) throws LiveUpdateException {
        return core.agents().lock(key, Side.OUTGOING, module);
    }

    @Override
    public void discard(String compatible) throws LiveUpdateException {
        core.agents().discard(compatible);
    }

    @Override
    public void discardFile(Side side, String session, long token) throws LiveUpdateException {
        core.agents().discardFile(side, session, token);
    }

    @Override
    public void registerHandler(String compatible, FileHandler<?> handler) throws LiveUpdateException {
        checkGiven(handler, "a file handler");
        core.registry().register(explicit.handler(handler, () -> new HandlerRuntime(compatible, handler, module)));
    }

    @Override
    public void unregisterHandler(FileHandler<?> handler) {
        HandlerRuntime known = handler == null ? null : explicit.handler(handler);
        if (known != null) {
            core.registry().unregister(known);
        }
    }

    @Override
    public void registerFlb(FileHandler<?> handler, String compatible, Flb<?> flb) throws LiveUpdateException {
        checkGiven(handler, "a file handler");
        checkGiven(flb, "an FLB");
        HandlerRuntime to = explicit.handler(handler);
        if (to == null) {
            throw new LiveUpdateException(Errno.EINVAL,
                    "FLB " + compatible + " cannot be linked: the handler was not registered by registerHandler");
        }
        core.registry().link(to, explicit.flb(flb, () -> new FlbRuntime(compatible, flb, module)));
    }

    @Override
    public void unregisterFlb(FileHandler<?> handler, Flb<?> flb) {
        HandlerRuntime from = handler == null ? null : explicit.handler(handler);
        FlbRuntime known = flb == null ? null : explicit.flb(flb);
        if (from != null && known != null) {
            core.registry().unlink(from, known);
        }
    }

    private static void checkGiven(Object argument, String what) throws LiveUpdateException {
        if (argument == null) {
            throw new LiveUpdateException(Errno.EINVAL, what + " is needed, not null");
        }
    }
}
