package org.liveupdate.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.liveupdate.core.image.ImageEncoder;
import org.liveupdate.kho.fdt.FdtNode;
import org.liveupdate.kho.fdt.FdtWriter;
import org.liveupdate.kho.image.BlockChainWriter;
import org.liveupdate.kho.image.FixedString;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.ImageReader;
import org.liveupdate.kho.image.ImageWriter;

/** Good inputs to start from, made by the writers; always the same ones. */
final class Seeds {
    private static final int MODELS = 12;
    private static final int CHOICES = 192;
    /** One entry fills a block, nearly all of it zeros: short inputs, long chains. */
    private static final int CHAIN_ENTRY_BYTES = 4000;

    private Seeds() {}

    static List<byte[]> of(Target target) {
        return switch (target) {
            case DEVICE_TREE -> trees();
            case BLOCK_CHAIN -> List.of(chain(1), chain(4), chain(9));
            case IMAGE, LINUX_DUMP -> images();
            case PATCHED_IMAGE -> choices();
        };
    }

    private static List<byte[]> choices() {
        Random random = new Random(1);
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < MODELS; i++) {
            byte[] choices = new byte[CHOICES];
            random.nextBytes(choices);
            all.add(choices);
        }
        return all;
    }

    private static List<byte[]> models() {
        return choices().stream().map(choices -> new ModelFromChoices(new Choices(choices)).image())
                .map(ImageEncoder::encode).map(ByteBuffer::array).toList();
    }

    private static List<byte[]> images() {
        return models().stream().map(image -> {
            ByteArrayOutputStream input = new ByteArrayOutputStream();
            input.write(0);
            input.writeBytes(RawImage.pack(image, 0));
            return input.toByteArray();
        }).toList();
    }

    private static List<byte[]> trees() {
        List<byte[]> trees = new ArrayList<>();
        FdtNode deep = FdtNode.named("leaf");
        for (int i = 0; i < 60; i++) {
            deep = FdtNode.named("n" + i).add(deep);
        }
        trees.add(FdtWriter.write(FdtNode.root()));
        trees.add(FdtWriter.write(FdtNode.root().add(deep)));
        trees.add(FdtWriter.write(FdtNode.root().setStrings("compatible", List.of("one", "two"))
                .add(FdtNode.named("cpu@0").setU32("reg", 0).set("empty", new byte[0]).set("odd", new byte[5]))
                .add(FdtNode.named("cpu@1").setU32("reg", 1).setU64("address", 1L << 40))));
        models().stream().limit(2).forEach(image -> trees.add(tree(image)));
        return trees;
    }

    private static byte[] tree(byte[] image) {
        try {
            return FdtWriter.write(ImageReader.open(image, Path.of("seed.image")).tree());
        } catch (ImageException e) {
            throw new IllegalStateException("this build cannot read what it writes", e);
        }
    }

    private static byte[] chain(int entries) {
        ImageWriter writer = new ImageWriter();
        BlockChainWriter chain = new BlockChainWriter(writer, CHAIN_ENTRY_BYTES);
        for (int i = 0; i < entries; i++) {
            FixedString.put(chain.append(), 0, CHAIN_ENTRY_BYTES, "entry " + i);
        }
        byte[] image = writer.finish(FdtNode.root()).array();
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.writeBytes(new BlockChainTarget.Shape(CHAIN_ENTRY_BYTES - 1, 0, 16, 1, 2).encode());
        input.writeBytes(RawImage.pack(image, 1));
        return input.toByteArray();
    }
}
