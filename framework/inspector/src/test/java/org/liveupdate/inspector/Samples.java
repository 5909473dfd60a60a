package org.liveupdate.inspector;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageEncoder;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.core.image.Moments;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;

/** Images to look at, and the tool to look with. */
final class Samples {
    static final String MEMORY = "memory-0123456789abcdef";
    static final long MEMORY_BYTES = 64L << 10;
    private static final List<String> POOL = List.of("pool-v1");
    private static final List<String> BOTH = List.of("pool-v1", "iommu-v1");
    private static final Moments MOMENTS = new Moments(1_000_000_000L, 3_500_000_000L, 3_512_345_678L,
            1_767_225_600_000L);

    private Samples() {}

    static ImageModel model() {
        return new ImageModel(3, List.of(new FlbEntry("pool-v1", 0x2000, 3, 1, "org.example.pool"),
                new FlbEntry("iommu-v1", 0xffff_ffff_ffff_f000L, 1, 0, "org.example.iommu")),
                List.of(new SessionEntry("guest \u001b[31mred\\", List.of(
                        new FileEntry("memfd-v1", 0x4000, 0, POOL, 2, "org.example.memfd"),
                        new FileEntry("vfio-v1", 7, -1, BOTH, 3, "org.example.vfio"))),
                        new SessionEntry("one", List.of(
                                new FileEntry("memfd-v1", 0x8000, 0, POOL, 4, "org.example.memfd"))),
                        new SessionEntry("empty", List.of())));
    }

    static MemoryState memory() {
        return new MemoryState(MEMORY, MEMORY_BYTES, 9, List.of(scope(1, "flb pool-v1", 0x2000, 1),
                scope(2, "file 0 of guest", 0x4000, 0), scope(3, "file 1 of guest", 0x5000, 0),
                scope(4, "file 0 of one", 0x8000, 3)));
    }

    private static ScopeState scope(long id, String owner, long address, int order) {
        BlockTable.Builder table = new BlockTable.Builder(1);
        if (id == 2) {
            table.addWrittenByDevices(address, order, false);
        } else if (order == 0) {
            table.add(address, order, id == 3);
        } else {
            table.addSummed(address, order, false, checksumOfZeros(1 << order));
        }
        return new ScopeState(id, owner, table.build());
    }

    private static int checksumOfZeros(int pages) {
        CRC32C page = new CRC32C();
        page.update(new byte[4096]);
        ByteBuffer sums = ByteBuffer.allocate(pages * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (sums.hasRemaining()) {
            sums.putInt((int) page.getValue());
        }
        CRC32C block = new CRC32C();
        block.update(sums.flip());
        return (int) block.getValue();
    }

    static byte[] image() {
        return image(model(), memory());
    }

    static byte[] image(ImageModel model, MemoryState memory) {
        ByteBuffer bytes = ImageEncoder.encode(new Image(model, MOMENTS, memory));
        byte[] image = new byte[bytes.remaining()];
        bytes.get(image);
        return image;
    }

    /** Gives an image the checksum of what is in it. */
    static byte[] withChecksum(byte[] image) {
        CRC32C checksum = new CRC32C();
        checksum.update(image, 0, image.length - Integer.BYTES);
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(image.length - Integer.BYTES,
                (int) checksum.getValue());
        return image;
    }

    /** One of the dumps of the original. */
    static byte[] dump(String name) throws IOException {
        return Files.readAllBytes(Path.of("src", "test", "resources", "dumps", name));
    }

    /** How a run of the tool ended. */
    record Answer(int status, String out, String err) {}

    static Answer image(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] strings = List.of(words).stream().map(Object::toString).toArray(String[]::new);
        int status = new ImageTool().run(new PrintWriter(out), new PrintWriter(err), strings);
        return new Answer(status, out.toString(), err.toString());
    }
}
