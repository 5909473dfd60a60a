package org.liveupdate.core.image;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.liveupdate.kho.image.BlockChainWriter;
import org.liveupdate.kho.image.FixedString;
import org.liveupdate.kho.image.ImageWriter;

/** Writes the FLBs, sessions and files of one side; afterwards it says where they are. */
final class SideWriter {
    private final ImageWriter writer;
    private final Owners owners;
    private final List<ImageModel.FlbEntry> flbs;
    /** Positions of FLBs in their page, by name; empty until a file has FLBs. */
    private final Map<String, Integer> flbIndex = new HashMap<>();
    /** Numbers of the FLB lists: equal lists are one object in a model. */
    private final Map<List<String>, Long> listNumbers = new IdentityHashMap<>();
    private final BlockChainWriter lists;
    private final long flbPage;
    private final long holders;
    private final long sessions;

    SideWriter(ImageWriter writer, Owners owners, List<ImageModel.FlbEntry> flbs,
            List<ImageModel.SessionEntry> sessions) {
        this.writer = writer;
        this.owners = owners;
        this.flbs = flbs;
        this.lists = new BlockChainWriter(writer, FlbExtraLayout.LIST_BYTES);
        this.flbPage = writeFlbs();
        this.holders = writeHolders();
        this.sessions = writeSessions(sessions);
    }

    long flbPage() {
        return flbPage;
    }

    long holders() {
        return holders;
    }

    long sessions() {
        return sessions;
    }

    long lists() {
        return lists.head();
    }

    private long writeFlbs() {
        FlbPage.write(writer.newPage(), flbs);
        return writer.lastPageAddress();
    }

    private long writeHolders() {
        BlockChainWriter chain = new BlockChainWriter(writer, FlbExtraLayout.HOLDER_BYTES);
        for (ImageModel.FlbEntry flb : flbs) {
            int start = chain.reserve();
            chain.block().putLong(start + FlbExtraLayout.HOLDER_SCOPE, flb.scope()).putLong(
                    start + FlbExtraLayout.HOLDER_OWNER, owners.number(flb.owner()));
        }
        return chain.head();
    }

    private long writeSessions(List<ImageModel.SessionEntry> entries) {
        BlockChainWriter chain = new BlockChainWriter(writer, SessionLayout.SESSION_BYTES);
        for (ImageModel.SessionEntry session : entries) {
            long files = writeFiles(session.files());
            ByteBuffer entry = chain.append();
            FixedString.put(entry, SessionLayout.NAME, SessionLayout.NAME_BYTES, session.name());
            entry.putLong(SessionLayout.FILES_HEAD, files);
            entry.putLong(SessionLayout.FILES, session.files().size());
        }
        return chain.head();
    }

    private long writeFiles(List<ImageModel.FileEntry> files) {
        BlockChainWriter chain = new BlockChainWriter(writer, SessionLayout.FILE_BYTES);
        for (ImageModel.FileEntry file : files) {
            int start = chain.reserve();
            ByteBuffer block = chain.block();
            FixedString.put(block, start + SessionLayout.COMPATIBLE, SessionLayout.COMPATIBLE_BYTES, file.compatible());
            block.putLong(start + SessionLayout.DATA, file.data());
            block.putLong(start + SessionLayout.TOKEN, file.token());
            block.putLong(start + SessionLayout.LIST, listNumber(file.flbs()));
            block.putLong(start + SessionLayout.SCOPE, file.scope());
            block.putLong(start + SessionLayout.OWNER, owners.number(file.owner()));
        }
        return chain.head();
    }

    private long listNumber(List<String> names) {
        if (names.isEmpty()) {
            return 0;
        }
        Long known = listNumbers.get(names);
        if (known != null) {
            return known;
        }
        long number = listNumbers.size() + 1L;
        listNumbers.put(names, number);
        if (flbIndex.isEmpty()) {
            flbs.forEach(flb -> flbIndex.put(flb.name(), flbIndex.size()));
        }
        for (String flb : names) {
            ByteBuffer entry = lists.append();
            entry.putLong(FlbExtraLayout.LIST_NUMBER, number);
            entry.putLong(FlbExtraLayout.LIST_FLB, flbIndex.get(flb));
        }
        return number;
    }
}
