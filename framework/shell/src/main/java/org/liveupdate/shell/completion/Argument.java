package org.liveupdate.shell.completion;

import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.liveupdate.api.Side;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;

/** What a word of a command line names. */
enum Argument {
    /** A session of either side. */
    SESSION {
        @Override
        Stream<String> names(RuntimeDTO core, Stream<String> bundles, String session) {
            return sessions(core, any -> true);
        }
    },
    /** An outgoing session. */
    OUTGOING {
        @Override
        Stream<String> names(RuntimeDTO core, Stream<String> bundles, String session) {
            return sessions(core, each -> each.side.equals(Side.OUTGOING.name()));
        }
    },
    /** An incoming session. */
    INCOMING {
        @Override
        Stream<String> names(RuntimeDTO core, Stream<String> bundles, String session) {
            return sessions(core, each -> each.side.equals(Side.INCOMING.name()));
        }
    },
    /** A file of the session that the word before names. */
    TOKEN {
        @Override
        Stream<String> names(RuntimeDTO core, Stream<String> bundles, String session) {
            return Arrays.stream(core.sessions).filter(each -> each.name.equals(session))
                    .flatMap(each -> Arrays.stream(each.files)).map(file -> Long.toString(file.token));
        }
    },
    /** A session, or an FLB that was handed over. */
    DISCARDED {
        @Override
        Stream<String> names(RuntimeDTO core, Stream<String> bundles, String session) {
            return Stream.concat(sessions(core, any -> true),
                    Arrays.stream(core.incoming).map(flb -> flb.compatible));
        }
    },
    /** A bundle. */
    BUNDLE {
        @Override
        Stream<String> names(RuntimeDTO core, Stream<String> bundles, String session) {
            return bundles;
        }
    },
    /** A bundle, or kexec. */
    PLANNED {
        @Override
        Stream<String> names(RuntimeDTO core, Stream<String> bundles, String session) {
            return Stream.concat(Stream.of("kexec"), bundles);
        }
    },
    /** Whatever can be explained. */
    EXPLAINED {
        @Override
        Stream<String> names(RuntimeDTO core, Stream<String> bundles, String session) {
            return Stream.of(PLANNED.names(core, bundles, session), DISCARDED.names(core, bundles, session),
                    Arrays.stream(core.handlers).map(handler -> handler.compatible),
                    Arrays.stream(core.flbs).map(flb -> flb.compatible)).flatMap(names -> names);
        }
    };

    /**
     * The names that there are; some may come twice.
     *
     * @param bundles
     *            symbolic names of the installed bundles
     * @param session
     *            the word before
     */
    abstract Stream<String> names(RuntimeDTO core, Stream<String> bundles, String session);

    private static Stream<String> sessions(RuntimeDTO core, Predicate<SessionDTO> condition) {
        return Arrays.stream(core.sessions).filter(condition).map(session -> session.name);
    }
}
