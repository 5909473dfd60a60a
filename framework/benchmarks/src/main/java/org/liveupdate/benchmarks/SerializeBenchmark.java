package org.liveupdate.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.liveupdate.core.image.FlbPage;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From values to the bytes of a whole image in memory: metadata pages, device tree, checksum. */
public class SerializeBenchmark extends Timed {
    private static final int PAGE_BYTES = 4096;

    /** FLBs and nothing else; the image of none is what every image costs. */
    @State(Scope.Benchmark)
    public static class Flbs {
        /** How many. */
        @Param({"0", "63"})
        public int flbs;
        Image image;

        /** Fixture. */
        @Setup(Level.Trial)
        public void make() {
            image = Images.ofFlbs(flbs);
        }
    }

    /** Files of one session. */
    @State(Scope.Benchmark)
    public static class Files {
        /** How many. */
        @Param({"10000", "1000000"})
        public int files;
        Image image;

        /** Fixture. */
        @Setup(Level.Trial)
        public void make() {
            image = Images.ofFiles(files);
        }
    }

    /** The page of FLBs alone, as the original fills it: a page of zeros, and the entries. */
    @Benchmark
    public ByteBuffer flbPage(Flbs given) {
        ByteBuffer page = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        FlbPage.write(page, given.image.model().flbs());
        return page;
    }

    /** The image of FLBs. */
    @Benchmark
    public ByteBuffer flbs(Flbs given) {
        return ImageEncoder.encode(given.image);
    }

    /** The image of files; divide by the files. */
    @Benchmark
    public ByteBuffer files(Files given) {
        return ImageEncoder.encode(given.image);
    }
}
