package org.liveupdate.kho;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.liveupdate.kho.KhoException.Reason;
import org.liveupdate.kho.image.BlockTable;
import org.liveupdate.kho.image.ScopeState;

/** All pools by owner and all scopes by id. Everything is guarded by the ledger's lock and called with it held. */
final class Scopes {

    private final Ledger ledger;
    private final Map<String, OwnerPool> pools = new HashMap<>();
    private final TreeMap<Long, PreservedScope> scopes = new TreeMap<>();
    private long nextId;

    Scopes(Ledger ledger, long nextId) {
        this.ledger = ledger;
        this.nextId = nextId;
    }

    OwnerPool pool(String owner) {
        return pools.computeIfAbsent(owner, name -> new OwnerPool(ledger, name));
    }

    /** The pool itself, if it is one of this memory; needs no lock. */
    OwnerPool own(Pool pool) {
        if (pool instanceof OwnerPool own && own.isOf(ledger)) {
            return own;
        }
        throw new KhoException(Reason.INVALID, "not a pool of " + ledger.file().path() + ": " + pool);
    }

    PreservedScope create(String owner, Pool pool) {
        if (!ScopeState.isOwner(owner)) {
            throw new KhoException(Reason.INVALID, "the owner of a scope has at most " + ScopeState.MAX_OWNER_BYTES
                    + " bytes of UTF-8 and no NUL: \"" + owner + '"');
        }
        return add(nextId++, owner, own(pool));
    }

    PreservedScope load(ScopeState state) {
        return add(state.id(), state.owner(), null);
    }

    PreservedScope get(long id) {
        PreservedScope scope = scopes.get(id);
        if (scope == null) {
            throw new KhoException(Reason.INVALID, "there is no scope " + id + " in " + ledger.file().path()
                    + ": it has ended, or never was");
        }
        return scope;
    }

    void remove(PreservedScope scope) {
        scopes.remove(scope.id());
    }

    long nextId() {
        return nextId;
    }

    int count() {
        return scopes.size();
    }

    /** How many blocks an image carries. */
    int blocks() {
        return scopes.values().stream().mapToInt(PreservedScope::carriedBlocks).sum();
    }

    /** All scopes, by id. */
    Iterable<PreservedScope> all() {
        return scopes.values();
    }

    /** The secret blocks that belong to no scope, those included that were freed and not overwritten yet. */
    BlockTable secretsOutside() {
        List<Extent> secrets = new ArrayList<>();
        ledger.erasure().blocks.forEach(secrets::add);
        pools.values().forEach(pool -> pool.blocks.forEach(extent -> {
            if (extent.secret) {
                secrets.add(extent);
            }
        }));
        BlockTable.Builder table = new BlockTable.Builder(secrets.size());
        secrets.forEach(extent -> table.add(extent.address(), extent.order, true));
        return table.build();
    }

    List<ScopeState> states(Summing summing) {
        List<ScopeState> states = new ArrayList<>(scopes.size());
        for (PreservedScope scope : scopes.values()) {
            states.add(scope.state(summing));
        }
        return states;
    }

    Map<String, Long> poolPages() {
        Map<String, Long> pages = new TreeMap<>();
        pools.forEach((owner, pool) -> pages.put(owner, pool.blocks.pages()));
        return pages;
    }

    Map<String, Long> scopePages() {
        Map<String, Long> pages = new TreeMap<>();
        scopes.values().forEach(scope -> pages.merge(scope.owner(), scope.totalPages(), Long::sum));
        return pages;
    }

    private PreservedScope add(long id, String owner, OwnerPool pool) {
        PreservedScope scope = new PreservedScope(ledger, this, id, owner, pool);
        scopes.put(id, scope);
        return scope;
    }
}
