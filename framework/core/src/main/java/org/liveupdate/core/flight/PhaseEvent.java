package org.liveupdate.core.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A phase of a live update, a swap, or an owner's coming and going. */
@Name("org.liveupdate.Phase")
@Label("Live Update Phase")
@Description("freeze, commit, claim, handover, decision, retrieve, finish, detach, attach or swap")
@Category("Live Update")
@StackTrace(false)
final class PhaseEvent extends Event {
    @Label("Phase")
    String phase;
    @Label("Subject")
    @Description("The bundle or image concerned")
    String subject;
    @Label("Result")
    @Description("OK or the name of the errno")
    String result;
}
