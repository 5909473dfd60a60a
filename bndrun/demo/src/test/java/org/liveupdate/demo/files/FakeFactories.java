package org.liveupdate.demo.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.liveupdate.api.Errno;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.memory.ByteFileException;

/** Both factories. */
public final class FakeFactories implements MemfdFactory, HugeMemfdFactory {
    final List<FakeFile> created = new ArrayList<>();
    boolean full;

    @Override
    public Memfd create(String name) {
        return add(0);
    }

    @Override
    public HugeMemfd create(String name, long size, long pageSize) throws IOException {
        if (full) {
            throw new ByteFileException(Errno.ENOMEM, "handover memory is full");
        }
        return add((int) ((size + pageSize - 1) / pageSize * pageSize));
    }

    private FakeFile add(int size) {
        FakeFile file = new FakeFile(size);
        created.add(file);
        return file;
    }

    @Override
    public List<Long> pageSizes() {
        return List.of((long) FakeFile.PAGE_SIZE, 1L << 30);
    }

    @Override
    public String backing() {
        return "the heap";
    }
}
