package org.liveupdate.core.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What Metatype shows of {@link Configuration}, under the same names. */
@ObjectClassDefinition(name = "Live update",
        description = "Values that are not set are those of the framework or system "
                + "property with the same name. What is marked \"at the next start\" is read when the core starts.")
@interface ConfigurationDefinition {
    /** What all names begin with. */
    String PREFIX_ = "liveupdate.";

    /** Milliseconds. */
    @AttributeDefinition(name = "Callback deadline", min = "1", max = "2147483647", required = false,
            description = "How long one call waits for another bundle's callback, in milliseconds; default 10000")
    long callback_timeout();

    /** Milliseconds. */
    @AttributeDefinition(name = "Detach deadline", min = "1", max = "2147483647", required = false,
            description = "How long whoever stops a bundle waits for its state to be detached, in milliseconds; "
                    + "default 2000")
    long detach_timeout();

    /** A number. */
    @AttributeDefinition(name = "FLBs at most", min = "1", max = "63", required = false,
            description = "How many FLBs can be linked or in use; not below what is in use; default 63")
    int flb_max();

    /** Who may take over. */
    @AttributeDefinition(name = "Ownership", required = false,
            description = "Who may take over what another bundle preserved; default bound", options = {
                    @Option(label = "the same bundle", value = "bound"), @Option(label = "anybody", value = "any")})
    String ownership();

    /** One opener. */
    @AttributeDefinition(name = "Exclusive", required = false,
            description = "Whether one bundle at a time uses sessions; default false")
    boolean exclusive();

    /** On or off. */
    @AttributeDefinition(name = "Enabled, at the next start", required = false,
            description = "Whether live update is on; default true")
    boolean enabled();

    /** When modules are referenced. */
    @AttributeDefinition(name = "Module rule, at the next start", required = false,
            description = "When bundles are pinned; default in-use", options = {
                    @Option(label = "while they are used", value = "in-use"),
                    @Option(label = "while they have registered something", value = "registered")})
    String module_rule();

    /** A directory. */
    @AttributeDefinition(name = "Handover directory, at the next start", required = false,
            description = "A private directory; default a fresh one")
    String directory();

    /** Bytes. */
    @AttributeDefinition(name = "Handover memory at most, at the next start", min = "1048576", required = false,
            description = "In bytes; default 64 GiB")
    long memory_limit();
}
