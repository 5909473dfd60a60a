package org.liveupdate.itests;

import java.util.List;
import org.liveupdate.itests.support.OsgiContainer;
import org.osgi.framework.Bundle;

/** What anybody can do to the core, or to what it depends on, while it is in use. */
enum CoreDisturbance {
    STOP_AND_START {
        @Override
        void happen(OsgiContainer osgi) throws Exception {
            core(osgi).stop();
            core(osgi).start();
        }
    },
    UPDATE {
        @Override
        void happen(OsgiContainer osgi) throws Exception {
            core(osgi).update();
        }
    },
    UPDATE_AND_REFRESH {
        @Override
        void happen(OsgiContainer osgi) throws Exception {
            core(osgi).update();
            ForeignAction.refresh(osgi.context(), List.of(core(osgi)));
        }
    },
    UNINSTALL_AND_INSTALL {
        @Override
        void happen(OsgiContainer osgi) throws Exception {
            core(osgi).uninstall();
            osgi.deploy(CORE);
        }
    },
    UPDATE_AND_REFRESH_OF_THE_API {
        @Override
        void happen(OsgiContainer osgi) throws Exception {
            Bundle api = osgi.bundle("org.liveupdate.api");
            api.update();
            ForeignAction.refresh(osgi.context(), List.of(api));
        }
    },
    RESTART_OF_DECLARATIVE_SERVICES {
        @Override
        void happen(OsgiContainer osgi) throws Exception {
            Bundle runtime = osgi.bundle("org.apache.felix.scr");
            runtime.stop();
            runtime.start();
        }
    };

    private static final String CORE = "org.liveupdate.core";

    /** Returns when it is over. */
    abstract void happen(OsgiContainer osgi) throws Exception;

    private static Bundle core(OsgiContainer osgi) {
        return osgi.bundle(CORE);
    }
}
