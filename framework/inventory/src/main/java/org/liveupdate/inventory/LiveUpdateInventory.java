package org.liveupdate.inventory;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import org.apache.felix.inventory.Format;
import org.apache.felix.inventory.InventoryPrinter;
import org.liveupdate.api.runtime.LiveUpdateRuntime;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Prints the runtime DTO as an outline or as JSON. Thread safe. */
@Component(property = {InventoryPrinter.NAME + "=liveupdate", InventoryPrinter.TITLE + "=Live update",
        InventoryPrinter.FORMAT + "=TEXT", InventoryPrinter.FORMAT + "=JSON"})
public final class LiveUpdateInventory implements InventoryPrinter {
    private static final Gson GSON = new GsonBuilder().serializeNulls().setPrettyPrinting().create();

    private final LiveUpdateRuntime runtime;

    /** Called by DS. */
    @Activate
    public LiveUpdateInventory(@Reference LiveUpdateRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public void print(PrintWriter out, Format format, boolean isZip) {
        if (Format.JSON.equals(format)) {
            out.println(GSON.toJson(runtime.getRuntimeDTO()));
        } else {
            new Outline(out).print(GSON.toJsonTree(runtime.getRuntimeDTO()).getAsJsonObject());
        }
    }
}
