package org.liveupdate.providers.record.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.liveupdate.api.Errno;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.providers.api.record.Contents;
import org.liveupdate.testkit.FileHandlerContractTest;
import org.liveupdate.testkit.FileProvider;
import org.liveupdate.testkit.Host;

/** Keeps to what every file handler has to keep to. */
class RecordContractTest extends FileHandlerContractTest<RecordFile> {

    @Override
    public String compatible() {
        return RecordLayout.COMPATIBLE;
    }

    @Override
    public FileProvider<RecordFile> start(Host host) {
        host.register(RecordLayout.COMPATIBLE, new RecordHandler());
        return new FileProvider<>() {

            @Override
            public RecordFile create(int seed) {
                return RecordFile.of("record " + seed, Optional.of(contents(seed)));
            }

            @Override
            public void change(RecordFile file, int seed) throws Exception {
                RecordUse use = file.open("the contract test");
                try {
                    use.write(contents(seed));
                } catch (LiveUpdateException e) {
                    // a record is written only while a session holds it
                    assertEquals(Errno.EBADF, e.errno(), e.getMessage());
                } finally {
                    use.close();
                }
            }

            @Override
            public Object state(RecordFile file) throws Exception {
                Contents contents = file.contents().orElseThrow();
                return List.of(contents.version(), ByteBuffer.wrap(contents.bytes()));
            }
        };
    }

    private static Contents contents(int seed) {
        return new Contents(seed & Integer.MAX_VALUE, ("contents " + seed).repeat(1000).getBytes());
    }
}
