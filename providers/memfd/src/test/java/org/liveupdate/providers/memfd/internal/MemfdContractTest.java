package org.liveupdate.providers.memfd.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.testkit.FileHandlerContractTest;
import org.liveupdate.testkit.FileProvider;
import org.liveupdate.testkit.Host;
import org.liveupdate.testkit.OlderImage;

/** The rules that every file handler keeps to, kept by that of memfds. */
class MemfdContractTest extends FileHandlerContractTest<Memfd> {

    @Override
    public String compatible() {
        return MemfdLayout.COMPATIBLE;
    }

    @Override
    public FileProvider<Memfd> start(Host host) {
        host.register(MemfdLayout.COMPATIBLE, new MemfdHandler());
        host.register(MemfdLayoutV1.COMPATIBLE, new MemfdV1Handler());
        return new Memfds(new MemfdFactoryComponent(host.pool()));
    }

    @Override
    public List<OlderImage> olderImages() {
        CRC32C checksum = new CRC32C();
        checksum.update(contents(1));
        long size = contents(1).remaining();
        return List.of(new OlderImage("memfd-v1", Path.of("src/test/resources/images/memfd-v1.zip"),
                List.of(size, size, checksum.getValue())));
    }

    private static ByteBuffer contents(int seed) {
        return ByteBuffer.allocate(10_000 + seed).putInt(0, seed);
    }

    private record Memfds(MemfdFactory factory) implements FileProvider<Memfd> {

        @Override
        public Memfd create(int seed) throws IOException {
            Memfd file = factory.create("contract");
            file.write(contents(seed));
            return file;
        }

        @Override
        public void change(Memfd file, int seed) throws IOException {
            file.write(0, ByteBuffer.allocate(Integer.BYTES).putInt(0, -seed));
            file.position(seed);
        }

        @Override
        public Object state(Memfd file) throws IOException {
            CRC32C checksum = new CRC32C();
            file.visit(checksum::update);
            return List.of(file.size(), file.position(), checksum.getValue());
        }

        @Override
        public void close(Memfd file) {
            file.close();
        }
    }
}
