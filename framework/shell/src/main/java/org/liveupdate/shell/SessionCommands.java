package org.liveupdate.shell;

import java.util.Arrays;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Parameter;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdate;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Side;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.api.runtime.dto.RuntimeDTO;
import org.liveupdate.api.runtime.dto.SessionDTO;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.shell.text.Quantity;
import org.liveupdate.shell.text.SessionFile;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** What a workload does with sessions, by hand. Thread safe. */
@Component(service = SessionCommands.class, immediate = true, property = {"osgi.command.scope=liveupdate",
        "osgi.command.function=create", "osgi.command.function=preserve", "osgi.command.function=retrieve",
        "osgi.command.function=save", "osgi.command.function=finish", "osgi.command.function=close",
        "osgi.command.function=discard"})
public final class SessionCommands {
    private static final String SESSION = "the session's name";
    private static final String TOKEN = "the file's number in the session";

    private final LiveUpdate liveUpdate;
    private final LiveUpdateRuntime runtime;
    private final OpenSessions sessions;
    /** Null where nobody provides memfds. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile MemfdFactory memfds;

    /** Called by DS. */
    @Activate
    public SessionCommands(@Reference LiveUpdate liveUpdate, @Reference LiveUpdateRuntime runtime) {
        this.liveUpdate = liveUpdate;
        this.runtime = runtime;
        this.sessions = new OpenSessions(liveUpdate);
    }

    /** Returns the new session. */
    @Descriptor("creates an outgoing session")
    public Object create(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json, @Descriptor(SESSION) String session) throws LiveUpdateException {
        sessions.add(liveUpdate.createSession(session));
        return Output.of(json, existing().session(Side.OUTGOING, session));
    }

    /** Returns the file's entry. */
    @Descriptor("preserves a file in an outgoing session, so that the next live update carries it over")
    public Object preserve(CommandSession shell,
            @Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
                    presentValue = Flag.ON) boolean json,
            @Descriptor(SESSION) String session, @Descriptor(TOKEN) long token,
            @Descriptor("a path, whose bytes are loaded into a memfd; or an object, such as $file") Object file)
            throws LiveUpdateException {
        existing().session(Side.OUTGOING, session);
        if (file instanceof CharSequence path) {
            try (Memfd memfd = FileArgument.load(memfds, shell.currentDir().resolve(path.toString()))) {
                preserve(session, token, memfd);
            }
        } else {
            preserve(session, token, file);
        }
        return Output.of(json, entry(existing().session(Side.OUTGOING, session), token));
    }

    private void preserve(String session, long token, Object file) throws LiveUpdateException {
        sessions.use(Side.OUTGOING, session, open -> {
            open.preserve(token, file);
            return null;
        });
    }

    private static SessionFile entry(SessionDTO session, long token) {
        return Arrays.stream(SessionFile.of(session)).filter(file -> file.file().token == token).findFirst()
                .orElse(null);
    }

    /** Takes the session; returns its files. */
    @Descriptor("takes an incoming session, and shows its files")
    public Object retrieve(@Descriptor(Flag.JSON_TEXT) @Parameter(names = Flag.JSON, absentValue = Flag.OFF,
            presentValue = Flag.ON) boolean json, @Descriptor(SESSION) String session) throws LiveUpdateException {
        existing().session(Side.INCOMING, session);
        sessions.use(Side.INCOMING, session, open -> open.tokens());
        return Output.of(json, SessionFile.of(existing().session(Side.INCOMING, session)));
    }

    /** Returns the file itself. */
    @Descriptor("retrieves a file of an incoming session; keep it in a variable: file = (retrieve SESSION TOKEN)")
    public Object retrieve(@Descriptor(SESSION) String session, @Descriptor(TOKEN) long token)
            throws LiveUpdateException {
        Existing.checkToken(existing().session(Side.INCOMING, session), token);
        return sessions.use(Side.INCOMING, session, open -> open.retrieve(token, Object.class));
    }

    /** Writes a file's bytes. */
    @Descriptor("retrieves a file of an incoming session, and writes its bytes into a new file")
    public String save(CommandSession shell, @Descriptor(SESSION) String session, @Descriptor(TOKEN) long token,
            @Descriptor("where to; must not exist") String path) throws LiveUpdateException {
        Existing.checkToken(existing().session(Side.INCOMING, session), token);
        return sessions.use(Side.INCOMING, session, open -> {
            try (FileHandle<Object> handle = open.open(token, Object.class)) {
                FileArgument.save(handle.get(), shell.currentDir().resolve(path));
            }
            return path + " is written";
        });
    }

    /** Finishes and closes. */
    @Descriptor("finishes an incoming session: its retrieved files live on, the others are given up")
    public String finish(CommandSession shell, @Descriptor(Flag.YES_TEXT) @Parameter(names = {"-y", Flag.YES},
            absentValue = Flag.OFF, presentValue = Flag.ON) boolean yes, @Descriptor(SESSION) String session)
            throws LiveUpdateException {
        return finish(shell, yes, existing().session(Side.INCOMING, session));
    }

    private String finish(CommandSession shell, boolean yes, SessionDTO session) throws LiveUpdateException {
        long lost = Arrays.stream(session.files).filter(file -> !file.state.equals("RETRIEVED")).count();
        if (lost > 0) {
            Confirmation.of(shell).require(yes, "finish gives up " + Quantity.of(lost, "file") + " of session \""
                    + session.name + "\" that nobody has retrieved");
        }
        sessions.end(Side.INCOMING, session.name, open -> {
            open.finish();
            open.close();
            return null;
        });
        return "incoming session \"" + session.name + "\" is finished";
    }

    /** Closes; what an outgoing session preserved is not handed over. */
    @Descriptor("closes a session: the files of an outgoing one are not carried over, an incoming one is finished")
    public String close(CommandSession shell, @Descriptor(Flag.YES_TEXT) @Parameter(names = {"-y", Flag.YES},
            absentValue = Flag.OFF, presentValue = Flag.ON) boolean yes, @Descriptor(SESSION) String session)
            throws LiveUpdateException {
        SessionDTO found = existing().sessions(session)[0];
        if (found.side.equals(Side.INCOMING.name())) {
            return finish(shell, yes, found);
        }
        if (found.files.length > 0) {
            Confirmation.of(shell).require(yes, "close lets go of " + Quantity.of(found.files.length, "file")
                    + " of session \"" + session + "\": a live update does not carry over what only the session holds, "
                    + "and it is gone at once");
        }
        sessions.end(Side.OUTGOING, session, open -> {
            open.close();
            return null;
        });
        return "outgoing session \"" + session + "\" is closed";
    }

    /** Gives up what an FLB left. */
    @Descriptor("gives up the handed-over state of an FLB that no file needs any more and nobody can finish")
    public String discard(CommandSession shell, @Descriptor(Flag.YES_TEXT) @Parameter(names = {"-y", Flag.YES},
            absentValue = Flag.OFF, presentValue = Flag.ON) boolean yes,
            @Descriptor("the FLB's compatible string") String flb) throws LiveUpdateException {
        RuntimeDTO core = runtime.getRuntimeDTO();
        if (Arrays.stream(core.incoming).noneMatch(entry -> entry.compatible.equals(flb))) {
            throw Existing.unknown("handed-over FLB", flb,
                    Arrays.stream(core.incoming).map(entry -> entry.compatible).toList());
        }
        Confirmation.of(shell).require(yes, "discard frees the memory of handed-over FLB " + flb
                + "; whatever it holds is lost");
        liveUpdate.discard(flb);
        return "FLB " + flb + " is discarded";
    }

    /** Gives up one file. */
    @Descriptor("gives up a file that no handler serves or could retrieve; the rest of the session stays")
    public String discard(CommandSession shell, @Descriptor(Flag.YES_TEXT) @Parameter(names = {"-y", Flag.YES},
            absentValue = Flag.OFF, presentValue = Flag.ON) boolean yes, @Descriptor(SESSION) String session,
            @Descriptor(TOKEN) long token) throws LiveUpdateException {
        SessionDTO found = existing().sessions(session)[0];
        Existing.checkToken(found, token);
        Confirmation.of(shell).require(yes, "discard frees the memory of file " + token + " of session \"" + session
                + "\"; whatever it holds is lost");
        liveUpdate.discardFile(Side.valueOf(found.side), session, token);
        return "file " + token + " of session \"" + session + "\" is discarded";
    }

    private Existing existing() {
        return new Existing(runtime.getRuntimeDTO());
    }
}
