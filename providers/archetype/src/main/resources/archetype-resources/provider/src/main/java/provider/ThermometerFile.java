package ${package}.provider;

import ${package}.api.Thermometer;
import org.liveupdate.kho.Region;

/** A thermometer, and what its handler does with it. Everything is guarded by this. */
final class ThermometerFile implements Thermometer {

    private long readings;
    private long last;
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

    synchronized void writeTo(Region target) {
        ThermometerLayout.write(target, readings, last);
    }

    static ThermometerFile readFrom(Region source) {
        ThermometerFile file = new ThermometerFile();
        file.readings = ThermometerLayout.readings(source);
        file.last = ThermometerLayout.last(source);
        return file;
    }
}
