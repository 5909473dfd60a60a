package org.liveupdate.core.osgi;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.liveupdate.api.runtime.dto.ImageDTO;
import org.liveupdate.core.image.Image;
import org.liveupdate.core.image.ImageModel;
import org.liveupdate.kho.image.StoredImage;

/** What a generation knows of the image that it took over, after the image itself is gone. */
final class Origin {
    private final StoredImage stored;
    private final long bytes;
    private final List<String> formats;
    private final long committed;
    /** Whether it was found when this generation started; else a running predecessor handed it over. */
    private final boolean found;
    private final Set<String> owners = new TreeSet<>();
    private long flbs;
    private long sessions;
    private long files;

    Origin(StoredImage stored, Image image, long bytes, List<String> formats, boolean found) {
        this.stored = stored;
        this.bytes = bytes;
        this.formats = formats;
        this.found = found;
        this.committed = image.moments().committedWall();
        ImageModel model = image.model();
        count(model.flbs().size(), model.sessions());
        model.flbs().forEach(flb -> owners.add(flb.owner()));
        if (model.resume() != null) {
            count(model.resume().flbs().size(), model.resume().sessions());
            model.resume().flbs().forEach(flb -> owners.add(flb.owner()));
        }
    }

    private void count(int ofFlbs, Iterable<ImageModel.SessionEntry> entries) {
        flbs += ofFlbs;
        for (ImageModel.SessionEntry session : entries) {
            sessions++;
            files += session.files().size();
            session.files().forEach(file -> owners.add(file.owner()));
        }
    }

    ImageDTO toDto() {
        ImageDTO dto = new ImageDTO();
        dto.number = stored.number();
        dto.path = stored.path().toString();
        dto.committed = committed;
        dto.bytes = bytes;
        dto.origin = found ? "STOP" : "UPDATE";
        dto.formats = formats.toArray(String[]::new);
        dto.owners = owners.toArray(String[]::new);
        dto.flbs = flbs;
        dto.sessions = sessions;
        dto.files = files;
        return dto;
    }

    /** For people. */
    @Override
    public String toString() {
        return "image " + stored.number() + ", committed at " + Instant.ofEpochMilli(committed) + (found
                ? ", was found at the start" : ", was handed over") + " and taken over: " + sessions + " sessions with "
                + files
                + " files, " + flbs + " FLBs";
    }
}
