package org.liveupdate.demo.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.liveupdate.api.Errno;
import org.liveupdate.demo.files.Cargo.Item;
import org.liveupdate.demo.files.Manifest.Entry;
import org.liveupdate.demo.files.Manifest.HugeSize;
import org.liveupdate.demo.run.Ascii;
import org.liveupdate.demo.run.Failure;
import org.liveupdate.demo.run.Progress;
import org.liveupdate.demo.run.Report;
import org.liveupdate.demo.run.Units;
import org.liveupdate.providers.api.hugetlb.HugeMemfd;
import org.liveupdate.providers.api.hugetlb.HugeMemfdFactory;
import org.liveupdate.providers.api.memfd.Memfd;
import org.liveupdate.providers.api.memfd.MemfdFactory;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.ByteFileException;

/** Loads a file of the file system twice, in one go: as a memfd and as a file on huge pages. */
final class Loader {
    private static final int STEP_BYTES = 1 << 20;
    private static final int DIGEST_SHOWN = 16;

    private final MemfdFactory memfds;
    private final HugeMemfdFactory hugeMemfds;
    private final Report report;

    Loader(MemfdFactory memfds, HugeMemfdFactory hugeMemfds, Report report) {
        this.memfds = memfds;
        this.hugeMemfds = hugeMemfds;
        this.report = report;
    }

    /** Loads one; on failure nothing of it is left. */
    Item load(long token, Path source) throws Failure, InterruptedIOException {
        try (FileChannel channel = FileChannel.open(source, StandardOpenOption.READ)) {
            return load(token, source, channel);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (ByteFileException e) {
            String remedy = e.errno() == Errno.ENOMEM ? "; name a --directory with more room, or smaller files" : "";
            throw new Failure("cannot load " + source + ": " + e.getMessage() + remedy);
        } catch (IOException e) {
            throw new Failure("cannot read " + source + ": " + Failure.reason(e));
        }
    }

    private Item load(long token, Path source, FileChannel channel) throws IOException, Failure {
        long length = channel.size();
        long pageSize = hugeMemfds.pageSizes().get(0);
        Memfd memfd = memfds.create("demo " + token);
        HugeMemfd huge = null;
        try {
            huge = hugeMemfds.create("demo " + token, length, pageSize);
            String sha256 = copy(source, channel, length, memfd, huge);
            return new Item(new Entry(token, source.toString(), length, sha256, new HugeSize(huge.size(), pageSize)),
                    memfd, huge);
        } catch (IOException | Failure | RuntimeException e) {
            memfd.close();
            if (huge != null) {
                huge.close();
            }
            throw e;
        }
    }

    private String copy(Path source, FileChannel channel, long length, ByteFile... targets)
            throws IOException, Failure {
        MessageDigest digest = Digests.sha256();
        ByteBuffer buffer = ByteBuffer.allocate(STEP_BYTES);
        long nanos;
        long loaded = 0;
        try (Progress progress = report.progress("loading " + name(source), length)) {
            for (int read; loaded <= length && (read = channel.read(buffer)) >= 0; loaded += read) {
                buffer.flip();
                digest.update(buffer.duplicate());
                if (loaded + read <= length) {
                    write(buffer, targets);
                }
                buffer.clear();
                progress.add(read);
            }
            nanos = progress.nanos();
        }
        if (loaded != length) {
            throw new Failure("cannot load " + source + ": it had " + length + " bytes and then "
                    + (loaded < length ? "only " + loaded : "more")
                    + "; name a file that nobody changes while it is read");
        }
        String sha256 = Digests.hex(digest);
        report.say(Ascii.cut(name(source), 34) + ": " + Units.exact(length) + " bytes, SHA-256 "
                + sha256.substring(0, DIGEST_SHOWN) + "..., in " + Units.seconds(nanos));
        return sha256;
    }

    private static void write(ByteBuffer bytes, ByteFile... targets) throws IOException {
        for (ByteFile target : targets) {
            ByteBuffer source = bytes.duplicate();
            while (source.hasRemaining()) {
                target.write(source);
            }
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName() == null ? path : path.getFileName());
    }
}
