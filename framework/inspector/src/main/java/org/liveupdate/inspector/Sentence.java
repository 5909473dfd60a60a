package org.liveupdate.inspector;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What an exception says, for somebody who does not know its class; in one harmless line. */
final class Sentence {
    private Sentence() {}

    static String of(IOException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        if (e instanceof FileSystemException failure && failure.getReason() == null) {
            if (e instanceof NoSuchFileException) {
                message += ": there is no such file or directory";
            } else if (e instanceof AccessDeniedException) {
                message += ": permission denied; be the user that it belongs to";
            } else {
                message += ": " + e.getClass().getSimpleName();
            }
        }
        return Plain.text(message);
    }
}
