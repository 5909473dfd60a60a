package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.liveupdate.core.image.ImageModel.FileEntry;
import org.liveupdate.core.image.ImageModel.FlbEntry;
import org.liveupdate.core.image.ImageModel.SessionEntry;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.MemoryState;

/** What is still read of an image that is bad in one place. */
class SurveyTest {
    private static final Path NAME = Path.of("surveyed.image");
    private static final List<String> A = List.of("a");
    private static final ImageModel MODEL = new ImageModel(3,
            List.of(new FlbEntry("a", 10, 2, 0, "owner.a"), new FlbEntry("b", 11, 1, 0, "owner.b")),
            List.of(new SessionEntry("one", List.of(file(1), file(2))),
                    new SessionEntry("two", List.of(new FileEntry("h", 0, 1, List.of("b"), 0, "owner.h")))));
    private static final Image IMAGE = new Image(MODEL, new Moments(1, 2, 3, 4),
            new MemoryState("memory-0000000000000000", 4096, 1, List.of()));

    private ByteBuffer bytes;
    private FdtNode tree;

    private static FileEntry file(long token) {
        return new FileEntry("h", 20 + token, token, A, 0, "owner.h");
    }

    @BeforeEach
    void encode() throws Exception {
        ByteBuffer encoded = ImageEncoder.encode(IMAGE);
        byte[] copy = new byte[encoded.remaining()];
        encoded.get(copy);
        bytes = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
        tree = ImageReader.open(copy.clone(), NAME).tree();
    }

    private Survey survey() throws Exception {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), 0, bytes.capacity() - Integer.BYTES);
        bytes.putInt(bytes.capacity() - Integer.BYTES, (int) checksum.getValue());
        return ImageDecoder.survey(ImageReader.open(bytes.array(), NAME));
    }

    private int chain(String node, String property) throws Exception {
        return (int) tree.child(node).orElseThrow().u64(property) + 16;
    }

    @Test
    void ofAGoodImageEverythingIsRead() throws Exception {
        assertEquals(new Survey(IMAGE, List.of()), survey());
    }

    @Test
    void whatStandsBeforeABadFileIsRead() throws Exception {
        int session = chain(LuoLayout.SESSION_NODE, LuoLayout.SESSION_HEADER);
        int files = (int) bytes.getLong(session + SessionLayout.FILES_HEAD) + 16;
        bytes.put(files + SessionLayout.FILE_BYTES, (byte) 0xff);

        Survey survey = survey();

        assertEquals(1, survey.faults().size());
        assertEquals(files + SessionLayout.FILE_BYTES, survey.faults().get(0).offset());
        assertEquals(MODEL.flbs(), survey.image().model().flbs());
        assertEquals(List.of(new SessionEntry("one", List.of(file(1)))), survey.image().model().sessions());
        assertEquals(IMAGE.memory(), survey.image().memory());
    }

    @Test
    void withoutOwnersTheRestIsRead() throws Exception {
        bytes.put(chain(LuoLayout.OWN_FLB_NODE, LuoLayout.OWNERS), (byte) 0xff);

        Survey survey = survey();

        assertEquals(1, survey.faults().size());
        assertEquals("", survey.image().model().flbs().get(0).owner());
        assertEquals(2, survey.image().model().sessions().size());
    }
}
