package org.liveupdate.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;

class FreezeListTest {
    private static final Path NAME = Path.of("frozen.image");
    private static final ImageModel MODEL = new ImageModel(1, List.of(), List.of());
    private static final int BLOCK_HEADER_BYTES = 16;

    private static FreezeTime time(boolean handler, String compatible, String module) {
        return new FreezeTime(handler, compatible, module, 3, 1, 10, 90, 60, 50);
    }

    private static ByteBuffer encode(FreezeTime... times) {
        Moments moments = new Moments(1, 2, 3, 4, List.of(times));
        ByteBuffer encoded = ImageEncoder.encode(new Image(MODEL, moments, null));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static List<FreezeTime> decode(ByteBuffer bytes) throws ImageException {
        return ImageDecoder.decode(bytes.array(), NAME).moments().freezes();
    }

    @Test
    void whatWasFrozenIsReadAsItWasWritten() throws Exception {
        FreezeTime flb = time(false, "pool-v1", "org.example.pool 1.0.0");
        FreezeTime handler = time(true, "disk-v1", "org.example.disk 2.1.0");

        assertEquals(List.of(flb, handler), decode(encode(flb, handler)));
    }

    @Test
    void anImageThatSaysNothingOfFreezesIsAsGood() throws Exception {
        ByteBuffer bytes = encode();

        assertTrue(ImageReader.open(bytes.array().clone(), NAME).tree().child(FreezeLayout.NODE).isEmpty());
        assertEquals(List.of(), decode(bytes));
    }

    @Test
    void theNameOfABundleThatDoesNotFitIsLeftOut() throws Exception {
        assertEquals(List.of(time(true, "disk-v1", "")), decode(encode(time(true, "disk-v1", "b".repeat(256)))));
    }

    @Test
    void aKindThatThereIsNotMakesTheImageCorrupt() throws Exception {
        for (long kind : new long[]{2, -1}) {
            ByteBuffer bytes = encode(time(true, "disk-v1", "b"));
            FdtNode node = ImageReader.open(bytes.array().clone(), NAME).tree().child(FreezeLayout.NODE).orElseThrow();
            bytes.putLong((int) node.u64(FreezeLayout.TIMES) + BLOCK_HEADER_BYTES + FreezeLayout.KIND, kind);
            CRC32C checksum = new CRC32C();
            checksum.update(bytes.array(), 0, bytes.capacity() - Integer.BYTES);
            bytes.putInt(bytes.capacity() - Integer.BYTES, (int) checksum.getValue());

            ImageException refusal = assertThrows(ImageException.class, () -> decode(bytes));

            assertTrue(refusal.getMessage().contains("kind 0 or 1"), refusal::getMessage);
        }
    }
}
