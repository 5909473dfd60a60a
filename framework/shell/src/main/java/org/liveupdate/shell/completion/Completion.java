package org.liveupdate.shell.completion;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.CommandSessionListener;
import org.apache.felix.service.command.Descriptor;
import org.apache.felix.service.command.Function;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.liveupdate.shell.ModuleCommands;
import org.liveupdate.shell.SessionCommands;
import org.liveupdate.shell.StatusCommands;
import org.liveupdate.shell.UpdateCommands;
import org.liveupdate.shell.WhyCommand;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Tells each shell session that can complete of our commands, with the first command that runs in it: its profile, if
 * this is there by then. Only where a command {@code gogo:complete} is. Thread safe.
 */
@Component(service = CommandSessionListener.class,
        property = {"osgi.command.scope=liveupdate", "osgi.command.function=candidates"})
public final class Completion implements CommandSessionListener {
    private static final Logger LOG = System.getLogger(Completion.class.getName());
    private static final String COMPLETE = "gogo:complete";
    /** Variable of a session that can complete: what is completed how. */
    private static final String COMPLETIONS = ".completions";
    /** Variable of ours: which of them we have told. */
    private static final String TOLD = ".liveupdate.completions";

    private final BundleContext context;
    private final LiveUpdateRuntime runtime;
    private final List<List<String>> calls = CompletionScript.of(StatusCommands.class, SessionCommands.class,
            ModuleCommands.class, UpdateCommands.class, WhyCommand.class);

    /**
     * Called by DS.
     *
     * @param context
     *            of this bundle
     * @param runtime
     *            of the core
     * @param complete
     *            whoever has the command; it is called by its name
     */
    @Activate
    public Completion(BundleContext context, @Reference LiveUpdateRuntime runtime,
            @Reference(service = AnyService.class,
                    target = "(&(osgi.command.scope=gogo)(osgi.command.function=complete))") Object complete) {
        this.context = context;
        this.runtime = runtime;
    }

    /**
     * The command that our completions call.
     *
     * @param words
     *            of the command line
     * @param index
     *            of the word that is sought
     * @return words that can stand there, not null
     */
    @Descriptor("lists what can stand at a place of a command line; the shell calls it to complete a word")
    public List<String> candidates(@Descriptor("words of the line, the command first") List<Object> words,
            @Descriptor("the place, 1 for the first word behind the command") int index) {
        return Candidates.at(words.stream().map(String::valueOf).toList(), index, runtime.getRuntimeDTO(),
                Arrays.stream(context.getBundles()).map(Bundle::getSymbolicName).filter(Objects::nonNull));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the map itself is what was told
    public void beforeExecute(CommandSession session, CharSequence line) {
        Object completions = session.get(COMPLETIONS);
        if (completions instanceof Map && session.get(TOLD) != completions
                && session.get(COMPLETE) instanceof Function complete) {
            session.put(TOLD, completions);
            try {
                for (List<String> words : calls) {
                    complete.execute(session, new ArrayList<>(words));
                }
            } catch (Exception e) {
                LOG.log(Level.DEBUG, "the shell does not complete the commands of live update", e);
            }
        }
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence line, Exception failure) {
        // nothing to do
    }

    @Override
    public void afterExecute(CommandSession session, CharSequence line, Object result) {
        // nothing to do
    }
}
