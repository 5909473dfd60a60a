package org.liveupdate.core.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A callback of a provider. */
@Name("org.liveupdate.Callback")
@Label("Live Update Callback")
@Description("A callback of an FLB or a file handler")
@Category("Live Update")
@StackTrace(false)
final class CallbackEvent extends Event {
    @Label("Kind")
    @Description("FLB or HANDLER")
    String kind;
    @Label("Compatible String")
    String compatible;
    @Label("Bundle")
    String module;
    @Label("Callback")
    String callback;
    @Label("Session")
    @Description("Null for a callback of an FLB")
    String session;
    @Label("Token")
    long token;
    @Label("Result")
    @Description("OK or the name of the errno")
    String result;
}
