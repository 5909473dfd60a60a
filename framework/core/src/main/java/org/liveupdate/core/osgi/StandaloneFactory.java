package org.liveupdate.core.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.LiveUpdateFactory;
import org.liveupdate.api.handover.Handover;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.kho.HandoverMemory;
import org.liveupdate.kho.Pool;
import org.liveupdate.kho.image.HandoverDirectory;

/** Makes cores without a framework; found by {@link java.util.ServiceLoader}. */
public final class StandaloneFactory implements LiveUpdateFactory {
    /** For the service loader. */
    public StandaloneFactory() {
        // nothing to set up
    }

    @Override
    public Instance create(Path directory, Map<String, String> properties) throws IOException, LiveUpdateException {
        return create(HandoverDirectory.open(directory), properties);
    }

    /** As {@link #create(Path, Map)}, in a directory that is open already: for tests that watch its files. */
    public Instance create(HandoverDirectory directory, Map<String, String> properties)
            throws IOException, LiveUpdateException {
        return new Standalone(directory, new Configuration(properties::get));
    }

    private static final class Standalone implements Instance {
        private final Orchestrator core;
        private final Storage storage;
        private final HandoverService handover;
        private final RuntimeService runtime;
        private final Explicit explicit;
        private final Map<String, StandaloneAgent> agents = new ConcurrentHashMap<>();

        Standalone(HandoverDirectory directory, Configuration configuration) throws IOException, LiveUpdateException {
            core = new Orchestrator(configuration.settings(), new SystemLog());
            storage = new Storage(directory, false, configuration.memoryOptions(), core.journal());
            Whiteboard whiteboard = new Whiteboard(core);
            explicit = new Explicit(core);
            core.device().exclusive(configuration.isExclusive());
            handover = new HandoverService(core, storage, whiteboard, () -> {});
            runtime = new RuntimeService(core, whiteboard, handover, storage, ThisGeneration.standalone(),
                    () -> configuration);
            core.start();
            if (!configuration.isSuccessor()) {
                handover.start();
            }
        }

        @Override
        public Agent agent(String symbolicName) {
            return agents.computeIfAbsent(symbolicName, name -> {
                Module module = Module.of(name, "", -1, Module.State.LIVE);
                return new StandaloneAgent(core, storage, module,
                        new LiveUpdateFacade(core, module, explicit));
            });
        }

        @Override
        public Handover handover() {
            return handover;
        }

        @Override
        public LiveUpdateRuntime runtime() {
            return runtime;
        }

        @Override
        public void close() throws IOException {
            handover.stopInOrder();
            agents.values().forEach(agent -> agent.facade.release());
            handover.close();
            core.stop();
        }
    }

    private static final class StandaloneAgent implements Agent {
        private final Orchestrator core;
        private final Storage storage;
        private final Module module;
        private final LiveUpdateFacade facade;

        StandaloneAgent(Orchestrator core, Storage storage, Module module, LiveUpdateFacade facade) {
            this.core = core;
            this.storage = storage;
            this.module = module;
            this.facade = facade;
        }

        @Override
        public LiveUpdate liveUpdate() {
            return facade;
        }

        @Override
        public void going(boolean going) {
            core.owners().moduleState(module, going ? Module.State.GOING : Module.State.LIVE);
        }

        @Override
        public void leave() {
            going(true);
            core.owners().leave(module);
            facade.release();
        }

        @Override
        public Pool pool() throws LiveUpdateException {
            HandoverMemory memory = storage.memory();
            if (memory == null) {
                throw new LiveUpdateException(Errno.EOPNOTSUPP,
                        "there is no handover memory in this generation before it has claimed an image");
            }
            return memory.pool(module.name());
        }

        @Override
        public int references() {
            return core.owners().references(module);
        }
    }
}
