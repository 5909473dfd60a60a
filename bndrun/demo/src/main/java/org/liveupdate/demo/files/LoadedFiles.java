package org.liveupdate.demo.files;

import java.io.InterruptedIOException;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Preservation;
import org.liveupdate.demo.run.Report;

/** The files of a cargo, preserved. */
record LoadedFiles(Cargo cargo, Report report) implements Preservation {
    @Override
    public void check() throws Failure, InterruptedIOException {
        new Comparison(report).compare(cargo);
    }

    @Override
    public String name() {
        return "all " + cargo.copies().size() + " files";
    }
}
