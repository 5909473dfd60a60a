package org.liveupdate.core.luo;

import org.liveupdate.api.FileContext;
import org.liveupdate.api.FileHandler;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Preserved;
import org.liveupdate.api.RetrieveStatus;

/** A file handler of the tests: takes the files of the kind that is its name. */
final class MockHandler implements FileHandler<MockFile> {
    private final String name;
    private final Calls calls;

    MockHandler(String name, Calls calls) {
        this.name = name;
        this.calls = calls;
    }

    @Override
    public boolean canPreserve(Object file) {
        return file instanceof MockFile mock && mock.kind.equals(name) && calls.asked(name + ".can_preserve", "", null);
    }

    @Override
    public Preserved<?> preserve(FileContext context, MockFile file) throws LiveUpdateException {
        long data = MockMemory.preserve(context, file.number).data();
        calls.called(name + ".preserve", " " + file, context);
        return new Preserved<>(data, "private " + file);
    }

    @Override
    public void unpreserve(FileContext context, MockFile file, long data, Object object) {
        MockMemory.unpreserve(context, data);
        calls.calledUnchecked(name + ".unpreserve", " " + file, context);
    }

    @Override
    public MockFile retrieve(FileContext context, long data) throws LiveUpdateException {
        MockFile file = new MockFile(name, MockMemory.retrieve(context, data));
        calls.called(name + ".retrieve", " " + file, context);
        return file;
    }

    @Override
    public void finish(FileContext context, MockFile file, long data, RetrieveStatus status) {
        MockMemory.finish(context, data);
        calls.calledUnchecked(name + ".finish", " " + file, context);
    }

    @Override
    public long freeze(FileContext context, MockFile file, long data, Object object) throws LiveUpdateException {
        calls.called(name + ".freeze", " " + file, context);
        return data;
    }

    @Override
    public void unfreeze(FileContext context, MockFile file, long data, Object object) {
        calls.calledUnchecked(name + ".unfreeze", " " + file, context);
    }

    @Override
    public void detach(FileContext context, MockFile file, long data, Object object) {
        calls.calledUnchecked(name + ".detach", " " + file, context);
    }

    @Override
    public boolean canFinish(FileContext context, MockFile file, long data, RetrieveStatus status) {
        return calls.asked(name + ".can_finish", " " + file, context);
    }

    @Override
    public Object identity(MockFile file) {
        calls.calledSilently(name + ".identity");
        return file;
    }

    @Override
    public void hold(MockFile file) {
        calls.calledSilently(name + ".hold");
    }

    @Override
    public void release(MockFile file) {
        calls.calledSilently(name + ".release");
    }
}
