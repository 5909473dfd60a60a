package org.liveupdate.core.image;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.liveupdate.core.image.ImageModel.FileEntry;

/**
 * The files of a session in columns, oldest first, and where each token is: a million files are a handful of arrays. An
 * entry is made when it is asked for. Not to be changed once it is made.
 */
public final class FileList extends AbstractList<FileEntry> implements RandomAccess {
    /**
     * What many files have in common.
     *
     * @param compatible
     *            of their handler
     * @param flbs
     *            names of the FLBs they acquired, in order
     * @param owner
     *            symbolic name of the bundle that preserved them
     */
    public record Kind(String compatible, List<String> flbs, String owner) {}

    private final List<Kind> kinds = new ArrayList<>();
    private final int[] kind;
    private final long[] data;
    private final long[] token;
    private final long[] scope;
    private final TokenTable positions;
    private int size;

    /** Room for a number of files. */
    FileList(int capacity) {
        kind = new int[capacity];
        data = new long[capacity];
        token = new long[capacity];
        scope = new long[capacity];
        positions = new TokenTable(capacity);
    }

    /**
     * Entries as columns.
     *
     * @param entries
     *            with distinct tokens, not null
     * @return the same, if it is in columns already
     */
    public static FileList of(List<FileEntry> entries) {
        if (entries instanceof FileList columns) {
            return columns;
        }
        FileList columns = new FileList(entries.size());
        Map<Kind, Integer> numbers = new HashMap<>();
        for (FileEntry entry : entries) {
            Kind kind = new Kind(entry.compatible(), entry.flbs(), entry.owner());
            int number = numbers.computeIfAbsent(kind, columns::addKind);
            columns.add(number, entry.data(), entry.token(), entry.scope());
        }
        return columns;
    }

    /** A further kind; returns its number. */
    int addKind(Kind further) {
        kinds.add(further);
        return kinds.size() - 1;
    }

    /** A further file; returns false if its token is there already. */
    boolean add(int kindNumber, long fileData, long fileToken, long scopeNumber) {
        if (positions.put(fileToken, size) >= 0) {
            return false;
        }
        kind[size] = kindNumber;
        data[size] = fileData;
        token[size] = fileToken;
        scope[size] = scopeNumber;
        size++;
        return true;
    }

    /**
     * The kinds of the files.
     *
     * @return by number
     */
    public List<Kind> kinds() {
        return List.copyOf(kinds);
    }

    /**
     * The kind of a file.
     *
     * @param position
     *            from 0, below the size
     * @return its number
     */
    public int kind(int position) {
        return kind[position];
    }

    /**
     * Where the file with a token is.
     *
     * @param sought
     *            any token
     * @return its position, or -1
     */
    public int position(long sought) {
        return positions.get(sought);
    }

    @Override
    public FileEntry get(int position) {
        Kind common = kinds.get(kind[position]);
        return new FileEntry(common.compatible(), data[position], token[position], common.flbs(), scope[position],
                common.owner());
    }

    @Override
    public int size() {
        return size;
    }
}
