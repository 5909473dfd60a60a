/**
 * Handover memory: memory that survives the JVM that wrote it.
 *
 * <p>One private, sparse, mapped file holds 4096-byte pages. An <em>address</em> is a byte offset in it, so that an
 * address means the same in every generation that maps the file. Pages are handed out as <em>blocks</em>: naturally
 * aligned runs of a power of two of pages, at most 1 GiB. The first page is never handed out, so the address 0 can
 * stand for "none".
 *
 * <p>A block is <em>ordinary</em> or <em>preserved</em>. Ordinary blocks belong to a {@link org.liveupdate.kho.Pool}
 * and end with the generation. Preserved blocks belong to a {@link org.liveupdate.kho.Scope}, are listed in the image
 * of a live update, and are found again by the next generation, which restores them.
 *
 * <p>Nothing here depends on OSGi at run time, nor on any other library.
 *
 * <h2>Checksums</h2>
 * An image carries a CRC-32C of the contents of every preserved block, and restoring a block verifies it. Neither may
 * make the pause of a live update grow with the amount of data:
 * <ul>
 * <li>Each page has a checksum of its own, taken while everything goes on
 * ({@link org.liveupdate.kho.HandoverMemory#updateChecksums()}). Writing to a page through a
 * {@link org.liveupdate.kho.Region} makes it count no more. So the freeze sums only pages that were written since, and
 * the checksum of a block is that of the checksums of its pages.
 * <li>A block that was restored is verified at once up to a number of bytes for each scope, and in the background
 * beyond. It can be used meanwhile; before a page is written that was not verified yet, its checksum is taken.
 * {@link org.liveupdate.kho.Scope#requireIntact()} waits and tells the result; a file whose memory is not intact cannot
 * be finished.
 * <li>A block that nobody has had a view of is handed on with the checksum that it came with.
 * <li>A block that devices write to ({@link org.liveupdate.kho.Region#writtenByDevices}) has no checksum: they go on
 * while the image is written, and after it. The image says which blocks these are.
 * </ul>
 * A block that is corrupt keeps the checksum that it does not have, so that no later generation takes it for good.
 *
 * <h2>What the locks guard</h2>
 * The owner of every block, the free pages, pools, scopes and journals are guarded by one lock, the ledger's. Data in
 * blocks is guarded by nobody but its users. Every write passes the gate that freeze closes. The order is: gate, then
 * ledger, then the checksums of a segment, then mapping; whoever takes checksums of all blocks, or erases secret ones,
 * holds a lock of its own around all of that. Nothing waits for writes in flight while it is inside the gate or holds
 * the ledger's lock. No foreign code is called under any of them.
 */
@Export
@Version("1.0.0")
package org.liveupdate.kho;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
