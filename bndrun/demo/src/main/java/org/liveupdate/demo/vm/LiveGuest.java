package org.liveupdate.demo.vm;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Preservation;

/** A guest, preserved and at work. */
record LiveGuest(Guest guest, Plan plan) implements Preservation {
    @Override
    public void check() throws Failure, InterruptedIOException {
        try {
            new Checks(guest, plan).memory();
        } catch (IOException e) {
            throw new Failure("the guest's memory cannot be read: " + e.getMessage());
        }
    }

    @Override
    public String name() {
        return "the guest's memory and devices";
    }
}
