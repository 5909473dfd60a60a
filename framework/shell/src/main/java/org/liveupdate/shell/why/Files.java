package org.liveupdate.shell.why;

import java.util.List;
import java.util.Set;
import org.liveupdate.api.runtime.dto.FileDTO;

/** What several answers say about files. */
final class Files {
    private static final Set<String> UNSERVED = Set.of("DETACHED", "WAITING");

    private Files() {}

    /** Whether there is no provider for it. */
    static boolean isUnserved(FileDTO file) {
        return UNSERVED.contains(file.state);
    }

    /** Files that nobody serves, of one handler. */
    static Finding unserved(List<FileDTO> files) {
        FileDTO first = files.get(0);
        String reason = first.failure == null ? "" : ": " + first.failure;
        return Finding.trouble(count(files.size()) + (files.size() == 1 ? " has" : " have") + " nobody who serves "
                + (files.size() == 1 ? "it" : "them") + reason, "nothing is lost: what is preserved stays until then");
    }

    /** Who preserved files of one handler, or null. */
    static String owner(List<FileDTO> files) {
        return files.isEmpty() ? null : files.get(0).owner;
    }

    /** So many files. */
    static String count(long files) {
        return files + (files == 1 ? " file" : " files");
    }

    /** A name as a word on a command line. */
    static String quoted(String name) {
        return name.matches("[\\w.-]+") ? name : "'" + name + "'";
    }
}
