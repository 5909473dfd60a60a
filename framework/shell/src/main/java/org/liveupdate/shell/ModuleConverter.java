package org.liveupdate.shell;

import org.apache.felix.service.command.Converter;
import org.liveupdate.api.runtime.dto.ModuleDTO;
import org.osgi.service.component.annotations.Component;

/**
 * Shows modules as {@code lsmod} does, one line for each, and below it one for each further reference.
 *
 * <pre>
 *   id  module                               state  refs  used by
 *    9  org.liveupdate.providers.memfd 1.0.0 LIVE      2  file 1 of session "a"
 *                                                         file 2 of session "a"
 * </pre>
 */
@Component(property = Converter.CONVERTER_CLASSES + "=org.liveupdate.api.runtime.dto.ModuleDTO")
public final class ModuleConverter implements Converter {

    /** Called by DS. */
    public ModuleConverter() {}

    /** Converts nothing: these commands take words. */
    @Override
    public Object convert(Class<?> desiredType, Object in) {
        return null;
    }

    /** Text for modules, null for anything else. */
    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        if (target instanceof ModuleDTO module) {
            return table(module);
        }
        return target instanceof ModuleDTO[] modules ? table(modules) : null;
    }

    private static String table(ModuleDTO... modules) {
        TextTable table = new TextTable("id", "module", "state", "refs", "used by").alignRight(0).alignRight(3);
        for (ModuleDTO module : modules) {
            String first = module.usedBy.length == 0 ? "" : module.usedBy[0];
            String id = module.bundle < 0 ? "-" : Long.toString(module.bundle);
            table.row(id, module.name, module.state, Long.toString(module.references), first);
            for (int holder = 1; holder < module.usedBy.length; holder++) {
                table.row("", "", "", "", module.usedBy[holder]);
            }
        }
        return table.toString();
    }
}
