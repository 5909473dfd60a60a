package ${package}.provider;

import ${package}.api.Thermometer;
import org.liveupdate.kho.Region;

/** A thermometer, and what its handler does with it. Everything is guarded by this. */
final class ThermometerFile implements Thermometer {

    private long readings;
    private long last;
    private long highest;
    private boolean frozen;
    private boolean left;

    @Override
    public synchronized void add(long milliKelvin) {
        checkServed();
        if (frozen) {
            throw new IllegalStateException("a live update is under way: add the reading to the next generation's");
        }
        readings++;
        last = milliKelvin;
        highest = Math.max(highest, milliKelvin);
    }

    @Override
    public synchronized long readings() {
        checkServed();
        return readings;
    }

    @Override
    public synchronized long last() {
        checkServed();
        return last;
    }

    private void checkServed() {
        if (left) {
            throw new IllegalStateException("the provider has left: open the thermometer again in its session");
        }
    }

    synchronized void freeze() {
        frozen = true;
    }

    synchronized void unfreeze() {
        frozen = false;
    }

    synchronized void leave() {
        left = true;
    }

    /** The highest reading, in thousandths of a kelvin. */
    synchronized long highest() {
        checkServed();
        return highest;
    }

    synchronized void writeTo(Region target, ThermometerLayout layout) {
        layout.write(target, readings, last, highest);
    }

    static ThermometerFile readFrom(Region source, ThermometerLayout layout) {
        ThermometerFile file = new ThermometerFile();
        file.readings = layout.readings(source);
        file.last = layout.last(source);
        file.highest = layout.highest(source);
        return file;
    }
}
