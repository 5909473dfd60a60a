package org.liveupdate.shell.text;

import java.util.List;
import java.util.Objects;
import org.apache.felix.service.command.Converter;
import org.osgi.service.component.annotations.Component;

/** Shows what the commands return, and the DTOs of the core wherever they come from. Thread safe. */
@Component(property = {Converter.CONVERTER_CLASSES + "=org.liveupdate.api.runtime.dto.RuntimeDTO",
        Converter.CONVERTER_CLASSES + "=org.liveupdate.api.runtime.dto.HandlerDTO",
        Converter.CONVERTER_CLASSES + "=org.liveupdate.api.runtime.dto.SessionDTO",
        Converter.CONVERTER_CLASSES + "=org.liveupdate.api.runtime.dto.ModuleDTO",
        Converter.CONVERTER_CLASSES + "=org.liveupdate.api.runtime.dto.MemoryDTO",
        Converter.CONVERTER_CLASSES + "=org.liveupdate.api.runtime.dto.EventDTO",
        Converter.CONVERTER_CLASSES + "=org.liveupdate.api.runtime.dto.KexecPlanDTO"})
public final class DataConverter implements Converter {
    private static final List<View<?>> VIEWS = List.of(new StatusView(), new HandlerView(), new FlbsView(),
            new SessionView(), new FileView(), new ModuleView(), new MemoryView(), new EventView(), new HistoryView(),
            new LogView(), new BundleView(), new SwapPlanView(), new KexecPlanView(), new ExplanationView());

    /** Called by DS. */
    public DataConverter() {}

    /** Converts nothing: the commands take words. */
    @Override
    public Object convert(Class<?> desiredType, Object in) {
        return null;
    }

    /** Text for what one of the views shows, null for anything else. */
    @Override
    public CharSequence format(Object target, int level, Converter escape) {
        return VIEWS.stream().map(view -> view.show(target)).filter(Objects::nonNull).findFirst()
                .map(Printable::text).orElse(null);
    }
}
