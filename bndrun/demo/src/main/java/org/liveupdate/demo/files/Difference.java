package org.liveupdate.demo.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.liveupdate.demo.files.Cargo.Copy;
import org.liveupdate.demo.files.Cargo.Item;
import org.liveupdate.demo.run.Meter;
import org.liveupdate.demo.run.Units;
import org.liveupdate.providers.api.memory.ByteFile;

/**
 * Where a damaged file first differs from what was loaded. Only a digest of that is kept, so it takes something with this
 * digest to compare with: the other copy, or the source, if it is as it was.
 */
final class Difference {
    private static final int STEP_BYTES = 1 << 20;

    private final Item item;
    private final Meter meter;

    Difference(Item item, Meter meter) {
        this.item = item;
        this.meter = meter;
    }

    /** Reads at a position, as files do. */
    @FunctionalInterface
    private interface Original {
        int read(long position, ByteBuffer target) throws IOException;
    }

    /** Half a sentence with the offset. */
    String where(Copy damaged) throws IOException {
        for (Copy other : item.copies()) {
            if (!other.session().equals(damaged.session()) && isWhole(other)) {
                return at(damaged, other.file()::read);
            }
        }
        try (FileChannel source = FileChannel.open(Path.of(item.entry().name()), StandardOpenOption.READ)) {
            if (Digests.of(source, meter).equals(item.entry().sha256())) {
                return at(damaged, (position, target) -> source.read(target, position));
            }
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException | InvalidPathException e) {
            // as good as a source that was changed
        }
        return "the offset cannot be known because the other copy and the source differ, too";
    }

    private boolean isWhole(Copy copy) throws IOException {
        return copy.file().size() >= item.entry().length()
                && Digests.of(copy.file(), item.entry().length(), meter).equals(item.entry().sha256());
    }

    private String at(Copy damaged, Original original) throws IOException {
        return "the first difference is at offset " + Units.exact(first(damaged.file(), original));
    }

    private long first(ByteFile damaged, Original original) throws IOException {
        ByteBuffer left = ByteBuffer.allocate(STEP_BYTES);
        ByteBuffer right = ByteBuffer.allocate(STEP_BYTES);
        long length = item.entry().length();
        for (long position = 0; position < length; position += STEP_BYTES) {
            int step = (int) Math.min(STEP_BYTES, length - position);
            fill(left.clear().limit(step), position, damaged::read);
            fill(right.clear().limit(step), position, original);
            int mismatch = left.flip().mismatch(right.flip());
            if (mismatch >= 0) {
                return position + mismatch;
            }
            meter.add(0);
        }
        return length;
    }

    private static void fill(ByteBuffer target, long position, Original file) throws IOException {
        while (target.hasRemaining() && file.read(position + target.position(), target) > 0) {
            // until the step is complete, or the file is at its end
        }
    }

    /** Offset of the first byte from {@code from} on that is not zero, or -1. */
    static long notZero(ByteFile file, long from) throws IOException {
        long[] offset = {0};
        long[] found = {-1};
        file.visit(view -> {
            long skip = Math.max(0, Math.min(view.remaining(), from - offset[0]));
            for (int index = (int) skip; index < view.remaining() && found[0] < 0; index++) {
                if (view.get(view.position() + index) != 0) {
                    found[0] = offset[0] + index;
                }
            }
            offset[0] += view.remaining();
        });
        return found[0];
    }
}
