package org.liveupdate.core.luo;

import org.liveupdate.api.Flb;
import org.liveupdate.api.FlbContext;
import org.liveupdate.api.FlbKey;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.core.luo.MockMemory.Page;

/**
 * An FLB of the tests: its object is a string, its data the address of a page of handover memory, or a plain number where
 * there is none.
 */
final class MockFlb implements Flb<String> {
    static final long DATA = 0x100;

    private final String name;
    private final Calls calls;
    private int preserved;

    MockFlb(String name, Calls calls) {
        this.name = name;
        this.calls = calls;
    }

    static FlbKey<String> key(String name) {
        return new FlbKey<>(name, String.class);
    }

    @Override
    public Preserved<String> preserve(FlbContext context) throws LiveUpdateException {
        Page page = MockMemory.preserve(context, DATA);
        calls.called(name + ".preserve", context);
        return new Preserved<>(page.data(), name + " preserved " + ++preserved);
    }

    @Override
    public void unpreserve(FlbContext context, long data, String object) {
        MockMemory.unpreserve(context, data);
        calls.calledUnchecked(name + ".unpreserve", "", context);
    }

    @Override
    public String retrieve(FlbContext context, long data) throws LiveUpdateException {
        long number = MockMemory.retrieve(context, data);
        calls.called(name + ".retrieve", context);
        return name + " retrieved " + Long.toHexString(number);
    }

    @Override
    public void finish(FlbContext context, long data, String object) {
        MockMemory.finish(context, data);
        calls.calledUnchecked(name + ".finish", "", context);
    }

    @Override
    public long freeze(FlbContext context, long data, String object) throws LiveUpdateException {
        calls.called(name + ".freeze", context);
        return data;
    }

    @Override
    public void unfreeze(FlbContext context, long data, String object) {
        calls.calledUnchecked(name + ".unfreeze", "", context);
    }

    @Override
    public void detach(FlbContext context, long data, String object) {
        calls.calledUnchecked(name + ".detach", "", context);
    }
}
