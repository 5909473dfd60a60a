package org.liveupdate.shell.text;

import java.util.List;
import java.util.Locale;
import org.liveupdate.api.runtime.dto.MemoryDTO;
import org.liveupdate.api.runtime.dto.MemoryOwnerDTO;

/** Handover memory: how much there is, and who has it. */
final class MemoryView extends View<MemoryDTO> {
    private static final int PERCENT = 100;

    MemoryView() {
        super(MemoryDTO.class);
    }

    @Override
    String text(List<MemoryDTO> memories) {
        StringBuilder text = new StringBuilder();
        for (MemoryDTO memory : memories) {
            text.append(facts(memory));
            if (memory.owners.length > 0) {
                text.append("\n\n").append(owners(memory));
            }
        }
        return text.toString();
    }

    private static TextTable facts(MemoryDTO memory) {
        TextTable table = TextTable.facts();
        table.row("file", memory.file);
        table.row("size", pages(memory, memory.totalPages) + ", may grow to " + pages(memory, memory.limitPages));
        table.row("used", pages(memory, memory.usedPages));
        table.row("preserved", pages(memory, memory.preservedPages) + " in "
                + Quantity.of(memory.preservedBlocks, "block"));
        table.row("most ever used", pages(memory, memory.highWaterPages));
        table.row("fragmentation", String.format(Locale.ROOT, "%.0f %% of what is free cannot be had in one block",
                memory.fragmentation * PERCENT));
        return table;
    }

    private static String pages(MemoryDTO memory, long pages) {
        return Quantity.of(pages, "page") + " (" + Quantity.bytes(pages * memory.pageSize) + ")";
    }

    private static TextTable owners(MemoryDTO memory) {
        TextTable table = TextTable.of("owner", "preserved pages", "other pages").alignRight(1, 2);
        for (MemoryOwnerDTO owner : memory.owners) {
            table.row(owner.owner, owner.preservedPages, owner.ordinaryPages);
        }
        return table;
    }
}
