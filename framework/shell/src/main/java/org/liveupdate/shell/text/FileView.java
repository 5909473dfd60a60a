package org.liveupdate.shell.text;

import java.util.List;
import java.util.Locale;
import org.liveupdate.api.runtime.dto.FileDTO;

/** Files, one line for each. */
final class FileView extends View<SessionFile> {
    FileView() {
        super(SessionFile.class);
    }

    @Override
    String text(List<SessionFile> files) {
        TextTable table = TextTable.of("session", "side", "token", "handler", "state", "flbs", "pages", "note")
                .alignRight(2, 6);
        for (SessionFile each : files) {
            FileDTO file = each.file();
            table.row(each.session(), each.side().toLowerCase(Locale.ROOT), file.token, file.compatible, file.state,
                    String.join(", ", file.flbs), file.pages, file.failure);
        }
        return files.isEmpty() ? "there is no file" : table.toString();
    }
}
