package org.liveupdate.demo.files;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.api.Errno;
import org.liveupdate.api.FileHandle;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.api.Session;
import org.liveupdate.api.Side;

/** A session that keeps its files in a map. */
final class FakeSession implements Session {
    final Map<Long, Object> files = new LinkedHashMap<>();
    private final String name;
    private final Side side;
    private final Runnable onFinish;
    private final Runnable onClose;

    FakeSession(String name, Side side, Runnable onFinish, Runnable onClose) {
        this.name = name;
        this.side = side;
        this.onFinish = onFinish;
        this.onClose = onClose;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Side side() {
        return side;
    }

    @Override
    public List<Long> tokens() {
        return List.copyOf(files.keySet());
    }

    @Override
    public void preserve(long token, Object file) throws LiveUpdateException {
        if (files.putIfAbsent(token, file) != null) {
            throw new LiveUpdateException(Errno.EEXIST, "token " + token);
        }
    }

    @Override
    public <F> F retrieve(long token, Class<F> type) throws LiveUpdateException {
        if (!files.containsKey(token)) {
            throw new LiveUpdateException(Errno.ENOENT, "token " + token);
        }
        return type.cast(files.get(token));
    }

    @Override
    public <F> FileHandle<F> open(long token, Class<F> type) throws LiveUpdateException {
        F file = retrieve(token, type);
        return new FileHandle<>() {
            @Override
            public F get() {
                return file;
            }

            @Override
            public void close() {
                // nothing is counted here
            }
        };
    }

    @Override
    public void finish() {
        files.clear();
        onFinish.run();
    }

    @Override
    public void close() {
        files.clear();
        onClose.run();
    }
}
