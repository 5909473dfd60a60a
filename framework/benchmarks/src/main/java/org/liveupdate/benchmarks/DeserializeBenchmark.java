package org.liveupdate.benchmarks;

import java.nio.file.Path;
import org.liveupdate.api.LiveUpdateException;
import org.liveupdate.core.image.ImageDecoder;
import org.liveupdate.core.luo.HandlerRuntime;
import org.liveupdate.core.luo.Module;
import org.liveupdate.core.luo.Orchestrator;
import org.liveupdate.core.luo.Settings;
import org.liveupdate.kho.image.ImageException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From the bytes of an image to a core that has inherited it. Divide by the files. */
@State(Scope.Benchmark)
public class DeserializeBenchmark extends Timed {
    private static final Path NAME = Path.of("image");

    /** Files of one session. */
    @Param({"10000", "1000000"})
    public int files;
    private byte[] bytes;

    /** Fixture. */
    @Setup(Level.Trial)
    public void make() {
        bytes = Images.bytes(Images.ofFiles(files));
    }

    /** Read, checked, and known to a core. */
    @Benchmark
    public Orchestrator deserialize() throws ImageException {
        Orchestrator core = new Orchestrator(Settings.DEFAULT, text -> {});
        core.handover().inherit(ImageDecoder.decode(bytes, NAME).model());
        return core;
    }

    /** The same, and every file bound to its handler. */
    @Benchmark
    public Orchestrator deserializeAndBind() throws ImageException, LiveUpdateException {
        Orchestrator core = deserialize();
        Module provider = Module.of("provider", "", -1, Module.State.LIVE);
        core.registry().register(new HandlerRuntime(CargoHandler.COMPATIBLE, new CargoHandler(), provider));
        core.open();
        return core;
    }
}
