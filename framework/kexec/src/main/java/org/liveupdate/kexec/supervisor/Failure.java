package org.liveupdate.kexec.supervisor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The command cannot be carried out; the message says what, why and what to do, in one sentence. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }

    /** What an exception says, for somebody who does not know its class. */
    static String sentence(IOException e) {
        if (e instanceof FileSystemException failure && failure.getReason() == null) {
            if (e instanceof NoSuchFileException) {
                return failure.getMessage() + ": there is no such file or directory";
            }
            if (e instanceof AccessDeniedException) {
                return failure.getMessage() + ": permission denied";
            }
            return failure.getMessage() + ": " + e.getClass().getSimpleName();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
