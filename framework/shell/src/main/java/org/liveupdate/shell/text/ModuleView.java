package org.liveupdate.shell.text;

import java.util.List;
import org.liveupdate.api.runtime.dto.ModuleDTO;

/**
 * Modules as {@code lsmod} shows them, one line for each, and below it one for each further reference.
 *
 * <pre>
 *   id  module                               state  refs  used by
 *    9  org.liveupdate.providers.memfd 1.0.0 LIVE      2  file 1 of session "a"
 *                                                         file 2 of session "a"
 * </pre>
 */
final class ModuleView extends View<ModuleDTO> {
    ModuleView() {
        super(ModuleDTO.class);
    }

    @Override
    String text(List<ModuleDTO> modules) {
        TextTable table = TextTable.of("id", "module", "state", "refs", "used by").alignRight(0, 3);
        for (ModuleDTO module : modules) {
            String first = module.usedBy.length == 0 ? "" : module.usedBy[0];
            table.row(module.bundle < 0 ? "-" : module.bundle, module.name, module.state, module.references, first);
            for (int holder = 1; holder < module.usedBy.length; holder++) {
                table.row("", "", "", "", module.usedBy[holder]);
            }
        }
        return modules.isEmpty() ? "no bundle provides or holds anything" : table.toString();
    }
}
