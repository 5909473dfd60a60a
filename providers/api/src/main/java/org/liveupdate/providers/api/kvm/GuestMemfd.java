package org.liveupdate.providers.api.kvm;

import java.io.IOException;
import org.liveupdate.providers.api.memory.ByteFile;
import org.liveupdate.providers.api.memory.Pinnable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Memory of one virtual machine as a file ({@code guest_memfd}). Its size is that of its creation: anything else is
 * {@code EINVAL}, and writing behind the end {@code ENOSPC}.
 *
 * <p>On pages of 4096 bytes it is sparse: a page is there once something was written to it or it was pinned, and reads as
 * zeros before. Preserving keeps the pages that are there; while it is preserved no page is added ({@code EPERM}). On huge
 * pages all of them are there from the beginning.
 *
 * <p>It is preserved together with its machine, in the same session and in any order: a live update is refused, with
 * {@code ENOENT}, when the machine is not there, and retrieving the file retrieves the machine.
 *
 * <p>Errors are those of {@link ByteFile}, and {@code EHWPOISON} for bytes of a page that is bad.
 */
@ProviderType
public interface GuestMemfd extends ByteFile, Pinnable {

    /** Flag: the host may map the file. */
    long FLAG_MMAP = 1;

    /** Flag: the pages are shared with the host at first. */
    long FLAG_INIT_SHARED = 2;

    /** The flags it was created with. */
    long flags() throws IOException;

    /** The size of its pages in bytes: 4096, or a huge one. */
    long pageSize() throws IOException;

    /** How many pages are there. */
    long pages() throws IOException;

    /**
     * The hardware reported a page as bad ({@code memory_failure}): from now on its bytes are {@code EHWPOISON}, and the file
     * cannot be preserved, nor a live update happen while it is.
     *
     * @param offset in bytes, of any byte of the page
     * @throws IOException {@code EINVAL} if it is not inside the file
     */
    void poison(long offset) throws IOException;
}
