package org.liveupdate.kho;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.liveupdate.kho.KhoException.Reason;
import org.liveupdate.kho.image.FileOperations;
import org.liveupdate.kho.image.HandoverDirectory;
import org.liveupdate.kho.image.ImageException;
import org.liveupdate.kho.image.MemoryState;
import org.liveupdate.kho.image.ScopeState;
import org.liveupdate.kho.image.SystemFileOperations;

/**
 * The handover memory of one system: a sparse file that outlives the JVM, mapped, with the owner of every block.
 *
 * <p>One generation creates it, the next attaches to the same file with what the image says about it: nothing is
 * copied. An attached memory is frozen until {@link #thaw()}, so that nothing is written before it is decided who goes
 * on.
 *
 * <p>While frozen or fenced, writes through any {@link Region} and all changes of a block's owner are refused; when
 * {@link #freeze()} or {@link #fence()} has returned, none is under way either. Reads always work.
 *
 * <p>Safe for use by several threads. No argument may be null. Operations on a closed memory are
 * {@link Reason#INVALID}, apart from reads of what is mapped already.
 */
public final class HandoverMemory implements AutoCloseable {

    private static final int ATTEMPTS = 16;

    private final MemoryFile file;
    private final Ledger ledger;
    /** Guarded by the ledger's lock. */
    private final Scopes scopes;
    private final Summing summing;

    private HandoverMemory(MemoryFile file, MemoryOptions options, long nextScopeId) {
        this.file = file;
        this.ledger = new Ledger(file, options);
        this.scopes = new Scopes(ledger, nextScopeId);
        this.summing = new Summing(ledger, ledger.checksums(), ledger.verification());
    }

    /**
     * Creates an empty memory in a new file {@code memory-<16 hexadecimal digits>} with mode 0600. An existing file is
     * never touched.
     *
     * @throws IOException if the file cannot be created or mapped; nothing is left behind then
     */
    public static HandoverMemory create(Path directory, MemoryOptions options) throws IOException {
        return create(directory, new SystemFileOperations(), options);
    }

    /** As {@link #create(Path, MemoryOptions)}, in a handover directory and with its file operations. */
    public static HandoverMemory create(HandoverDirectory directory, MemoryOptions options) throws IOException {
        return create(directory.path(), directory.files(), options);
    }

    private static HandoverMemory create(Path directory, FileOperations files, MemoryOptions options)
            throws IOException {
        UninterruptedFile created = createFile(directory, files);
        try {
            MemoryFile file = new MemoryFile(created, new WriteGate(WriteGate.State.OPEN, created.path()));
            file.extend(Math.min(options.limitBytes() & -Pages.PAGE_BYTES, Pages.SEGMENT_BYTES));
            return new HandoverMemory(file, options, 1);
        } catch (IOException | RuntimeException e) {
            created.close();
            created.delete();
            throw e;
        }
    }

    /**
     * Attaches to the memory that an image describes: all blocks are preserved and inherited, everything else is free.
     * The memory is frozen until {@link #thaw()}; nothing is written here.
     *
     * @param directory the directory that the image was in
     * @throws ImageException if the file is missing, has another length, or blocks are not aligned, not within the
     *         file, or overlap
     * @throws IOException if the file is not a private file of this user, or cannot be opened
     */
    public static HandoverMemory attach(Path directory, MemoryState state, MemoryOptions options) throws IOException {
        return attach(directory, new SystemFileOperations(), state, options);
    }

    /** As {@link #attach(Path, MemoryState, MemoryOptions)}, in a handover directory and with its file operations. */
    public static HandoverMemory attach(HandoverDirectory directory, MemoryState state, MemoryOptions options)
            throws IOException {
        return attach(directory.path(), directory.files(), state, options);
    }

    private static HandoverMemory attach(Path directory, FileOperations files, MemoryState state,
            MemoryOptions options) throws IOException {
        UninterruptedFile opened = openFile(directory.resolve(state.fileName()), files, state.fileBytes());
        try {
            MemoryFile file = new MemoryFile(opened, new WriteGate(WriteGate.State.FROZEN, opened.path()));
            if (file.length() != state.fileBytes()) {
                throw ImageException.corrupt(opened.path(), -1, "a memory file of " + state.fileBytes() + " bytes",
                        file.length() + " bytes");
            }
            HandoverMemory memory = new HandoverMemory(file, options, state.nextScopeId());
            memory.load(state);
            return memory;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** The pool of ordinary blocks of an owner: always the same object for the same name. */
    public Pool pool(String owner) {
        Objects.requireNonNull(owner, "owner");
        synchronized (ledger.lock) {
            return scopes.pool(owner);
        }
    }

    /**
     * Frees all blocks of a pool whose owner is gone, views included. The pool can still be used.
     *
     * @return how many pages that were
     * @throws KhoException {@code INVALID} if the pool is of another memory; {@code FROZEN}, {@code FENCED}
     */
    public long discard(Pool pool) {
        return scopes.own(pool).discard();
    }

    /**
     * A new scope without blocks.
     *
     * @param owner which FLB or file; at most {@link ScopeState#MAX_OWNER_BYTES} bytes of UTF-8
     * @param pool where its blocks come from and return to
     * @throws KhoException {@code INVALID} if the owner is too long or the pool is of another memory; {@code FROZEN},
     *         {@code FENCED}
     */
    public ScopeControl newScope(String owner, Pool pool) {
        return ledger.change(() -> scopes.create(owner, pool));
    }

    /**
     * The scope of that id: of this generation, or inherited.
     *
     * @throws KhoException {@code INVALID} if there is none
     */
    public ScopeControl scope(long id) {
        synchronized (ledger.lock) {
            return scopes.get(id);
        }
    }

    /** Refuses writes and changes of owners from now on, and waits until those under way are done. */
    public void freeze() {
        file.gate().freeze();
    }

    /**
     * Takes the checksums of preserved blocks, as far as they were written since the last time, while everything goes
     * on. To be called before {@link #freeze()}: then what is left for {@link #state()} depends on how much is written
     * in between, not on how much there is.
     */
    public void updateChecksums() {
        summing.update(scopes.all());
    }

    /**
     * Allows writes and changes of owners again. Secret blocks that were freed meanwhile, or that the previous
     * generation had and did not preserve, are overwritten here.
     *
     * @throws KhoException {@code INVALID} if it is not frozen; {@code FENCED} if it is fenced
     */
    public void thaw() {
        file.gate().thaw();
        ledger.erasure().eraseAll();
    }

    /**
     * Makes everything that was written durable: an image that refers to it may be committed then. On a tmpfs, which no
     * crash of the machine survives, this costs nothing.
     *
     * @throws IOException if the file system cannot write; what is in memory is unchanged
     */
    public void force() throws IOException {
        file.force();
    }

    /** As {@link #freeze()}, for good: a successor owns the memory. Fencing twice does nothing. */
    public void fence() {
        file.gate().fence();
    }

    /**
     * What an image has to say about this memory. Ordinary blocks are not carried. Blocks that a callback has freed,
     * but that could still be brought back, are. For an image the memory is frozen first: otherwise the checksums are
     * those of a passing moment.
     */
    public MemoryState state() {
        updateChecksums();
        synchronized (ledger.lock) {
            return new MemoryState(file().getFileName().toString(), file.length(), scopes.nextId(),
                    scopes.states(summing), scopes.secretsOutside());
        }
    }

    /** What the memory looks like now; a copy. */
    public MemoryStatistics statistics() {
        synchronized (ledger.lock) {
            MemoryUse use = ledger.use();
            Map<String, Long> byScope = scopes.scopePages();
            long preserved = byScope.values().stream().mapToLong(Long::longValue).sum();
            return new MemoryStatistics(use.totalPages(), use.limitPages(), use.usedPages(), preserved,
                    scopes.count(), scopes.blocks(), use.highWaterPages(),
                    Collections.unmodifiableList(use.freeBlocks()), use.fragmentation(),
                    Collections.unmodifiableMap(scopes.poolPages()), Collections.unmodifiableMap(byScope));
        }
    }

    /** The memory file; absolute if the directory was. Never null. */
    public Path file() {
        return file.path();
    }

    /**
     * Refuses everything from now on and closes the file, which stays. Its mappings end when nobody has a view any
     * more. Closing twice does nothing.
     */
    @Override
    public void close() throws IOException {
        file.gate().close();
        ledger.verification().close();
        file.close();
    }

    /**
     * Closes the memory and deletes its file: there is nothing in it that anybody needs. If there ever were secret
     * blocks in it, it is overwritten first.
     *
     * @throws KhoException {@code FROZEN}, {@code FENCED} while, or if, another generation needs it; {@code INVALID}
     *         if it is closed already
     */
    public void delete() throws IOException {
        file.gate().requireOpen();
        close();
        file.eraseSecrets();
        file.delete();
    }

    Ledger ledger() {
        return ledger;
    }

    private void load(MemoryState state) throws IOException {
        for (ScopeState scope : state.scopes()) {
            synchronized (ledger.lock) {
                ledger.load(scope.table(), scopes.load(scope).blocks);
            }
        }
        synchronized (ledger.lock) {
            ledger.load(state.erase(), ledger.erasure().blocks);
        }
    }

    private static UninterruptedFile createFile(Path directory, FileOperations files) throws IOException {
        SecureRandom random = new SecureRandom();
        for (int attempt = 1;; attempt++) {
            Path path = directory.resolve(String.format("memory-%016x", random.nextLong()));
            try {
                return UninterruptedFile.create(files, path);
            } catch (FileAlreadyExistsException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static UninterruptedFile openFile(Path path, FileOperations files, long bytes) throws IOException {
        try {
            return UninterruptedFile.open(files, path);
        } catch (NoSuchFileException e) {
            throw ImageException.corrupt(path, -1, "a memory file of " + bytes + " bytes", "no such file");
        }
    }
}
