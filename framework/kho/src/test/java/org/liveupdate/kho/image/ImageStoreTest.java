package org.liveupdate.kho.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.image.StoredImage.State;

class ImageStoreTest {

    private static final byte[] IMAGE = image(1);

    @TempDir
    Path directory;
    private ImageStore store;

    @BeforeEach
    void open() throws IOException {
        store = new ImageStore(HandoverDirectory.open(directory));
    }

    @Test
    void anImageIsCommittedClaimedAndConfirmed() throws IOException {
        Path committed =
                store.commit(3, ByteBuffer.wrap(IMAGE, 0, 5000), ByteBuffer.wrap(IMAGE, 5000, IMAGE.length - 5000));
        assertEquals("image-3.committed", committed.getFileName().toString());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(committed)));
        assertEquals(new StoredImage(3, State.COMMITTED, committed), store.pending().orElseThrow());
        assertArrayEquals(IMAGE, store.load(store.pending().orElseThrow()));

        StoredImage claimed = store.claim(3);
        assertEquals(List.of(claimed), store.images());
        assertEquals(State.CLAIMED, claimed.state());
        assertArrayEquals(IMAGE, store.load(claimed));
        assertEquals(claimed, store.pending().orElseThrow());

        assertTrue(store.confirm(3));
        assertTrue(store.pending().isEmpty());
        StoredImage confirmed = store.images().get(0);
        assertThrows(IllegalArgumentException.class, () -> store.load(confirmed), "an image is consumed once");
        assertArrayEquals(IMAGE, store.inspect(confirmed));
    }

    @Test
    void whatIsDecidedStaysDecided() throws IOException {
        store.commit(1, IMAGE);
        store.claim(1);
        assertTrue(store.confirm(1));
        assertFalse(store.takeBack(1));
        assertTrue(assertThrows(FileSystemException.class, () -> store.confirm(1)).getReason().contains("confirmed"));
        assertThrows(FileSystemException.class, () -> store.claim(1));

        store.commit(2, IMAGE);
        assertTrue(store.takeBack(2), "before anybody has claimed it");
        assertThrows(FileSystemException.class, () -> store.claim(2));
        assertFalse(store.confirm(2));
        assertTrue(assertThrows(FileSystemException.class, () -> store.takeBack(2)).getReason().contains("taken-back"));

        store.commit(3, IMAGE);
        assertThrows(FileSystemException.class, () -> store.confirm(3), "not claimed");
        store.claim(3);
        assertTrue(store.takeBack(3));
        assertFalse(store.confirm(3));
        assertTrue(store.pending().isEmpty());
        assertTrue(assertThrows(FileSystemException.class, () -> store.claim(9)).getReason().contains("not there"));
    }

    @Test
    void aNumberCanBeUsedAgainAfterItWasTakenBackOnly() throws IOException {
        store.commit(1, IMAGE);
        assertThrows(FileAlreadyExistsException.class, () -> store.commit(1, IMAGE));
        assertTrue(store.takeBack(1));
        store.commit(1, IMAGE);
        assertEquals(1, store.images().size());
        store.claim(1);
        assertThrows(FileAlreadyExistsException.class, () -> store.commit(1, IMAGE));
        assertTrue(store.confirm(1));
        assertThrows(FileAlreadyExistsException.class, () -> store.commit(1, IMAGE));
        assertThrows(FileAlreadyExistsException.class, () -> store.commit(0, IMAGE));
        assertEquals(List.of(State.CONFIRMED), store.images().stream().map(StoredImage::state).toList());
    }

    @Test
    void ofDecidedImagesTheNewestIsKept() throws IOException {
        for (int number = 1; number <= 4; number++) {
            store.commit(number, IMAGE);
            store.claim(number);
            store.confirm(number);
        }
        store.commit(5, IMAGE);
        assertEquals(List.of(4L, 5L), store.images().stream().map(StoredImage::number).toList());
    }

    @Test
    void anUndecidedImageBelowADecidedOneIsNotPending() throws IOException {
        store.commit(5, IMAGE);
        Files.write(directory.resolve("image-4.committed"), IMAGE);
        assertEquals(5, store.pending().orElseThrow().number());
        store.claim(5);
        assertEquals(5, store.pending().orElseThrow().number());
        store.confirm(5);
        assertTrue(store.pending().isEmpty(), "it is older than what the successor went on from");
        assertTrue(Files.exists(directory.resolve("image-4.committed")));
    }

    @Test
    void otherFilesAreNoImages() throws IOException {
        for (String name : List.of("image-1.new", "image-01.committed", "image--1.committed", "image-.committed",
                "image-1.committed.bak", "image-1.COMMITTED", "image-99999999999999999999.committed",
                "image-x.claimed")) {
            Files.createFile(directory.resolve(name));
        }
        assertEquals(List.of(), store.images());
        assertTrue(store.pending().isEmpty());
    }

    @Test
    void aBadImageNextToAGoodOneHarmsNothing() throws IOException {
        Files.write(directory.resolve("image-1.claimed"), new byte[3]);
        Files.createDirectory(directory.resolve("image-2.confirmed"));
        store.commit(3, IMAGE);
        assertArrayEquals(IMAGE, store.load(store.pending().orElseThrow()));
        store.claim(3);
        store.confirm(3);
        assertTrue(Files.exists(directory.resolve("image-1.claimed")));
    }

    @Test
    void anImageLeftInTheMiddleOfACommitIsNamed() throws IOException {
        Path unfinished = Files.createFile(directory.resolve("image-1.new"));
        FileAlreadyExistsException e = assertThrows(FileAlreadyExistsException.class, () -> store.commit(1, IMAGE));
        assertTrue(e.getMessage().contains(unfinished.toString()) && e.getMessage().contains("reclaim"),
                e.getMessage());
        HandoverDirectory.open(directory).reclaim();
        store.commit(1, IMAGE);
    }

    @Test
    void onlyAWholeImageOfOursIsLoaded() throws IOException {
        Path file = store.commit(1, IMAGE);
        StoredImage image = store.pending().orElseThrow();
        for (int length : new int[]{0, 1, 4159, IMAGE.length - 4096, IMAGE.length - 1}) {
            Files.write(file, Arrays.copyOf(IMAGE, length));
            assertEquals(ImageException.Kind.CORRUPT,
                    assertThrows(ImageException.class, () -> store.load(image)).kind());
        }
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position(3L << 30).write(ByteBuffer.allocate(1));
        }
        ImageException tooLong = assertThrows(ImageException.class, () -> store.load(image));
        assertTrue(tooLong.getMessage().contains("at most"), tooLong.getMessage());

        Files.write(file, IMAGE, StandardOpenOption.TRUNCATE_EXISTING);
        assertArrayEquals(IMAGE, store.load(image));
        Path link = Files.createLink(directory.resolve("link"), file);
        assertRefused(image, "hard links");
        Files.delete(link);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));
        assertRefused(image, "open to others");
        Path moved = Files.move(file, directory.resolve("moved"));
        Files.createSymbolicLink(file, moved);
        assertRefused(image, "symbolic link");
        Files.delete(file);
        assertThrows(IOException.class, () -> store.load(image));
    }

    @Test
    void aSparseFileCostsNoMemory() throws IOException {
        Path file = store.commit(1, IMAGE);
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.position((1L << 30) - 1).write(ByteBuffer.allocate(1));
        }
        ImageException e = assertThrows(ImageException.class, () -> store.load(store.pending().orElseThrow()));
        assertTrue(e.getMessage().contains("magic"), e.getMessage());
    }

    @Test
    void discardingDeletesTheImageInThatState() throws IOException {
        store.commit(1, IMAGE);
        StoredImage committed = store.pending().orElseThrow();
        StoredImage claimed = store.claim(1);
        assertFalse(store.discard(committed));
        assertTrue(store.discard(claimed));
        assertEquals(List.of(), store.images());
    }

    @Test
    void numbersHaveToBeNumbers() {
        assertThrows(IllegalArgumentException.class, () -> store.commit(-1, IMAGE));
        assertThrows(IllegalArgumentException.class, () -> store.commit(Long.MAX_VALUE, IMAGE));
    }

    private void assertRefused(StoredImage image, String reason) {
        FileSystemException e = assertThrows(FileSystemException.class, () -> store.load(image));
        assertTrue(e.getReason().contains(reason), e.getMessage());
    }

    static byte[] image(long number) {
        ImageWriter writer = new ImageWriter();
        writer.newPage();
        return writer.finish(FdtNode.root().setU64("liveupdate-number", number)).array();
    }
}
