/**
 * Live update by kexec, inside a generation: the {@link org.liveupdate.api.Kexec} service of the one in charge, the
 * successor's part, and the orderly end of the JVM. Nothing here keeps state of its own beyond the connection to the
 * supervisor; who owns the state is decided in the handover directory.
 *
 * <p>
 * Locks: {@link org.liveupdate.kexec.Standing} and {@link org.liveupdate.kexec.UpdateTurn} have one each, never held while
 * another class is called. No lock is held while the core or the supervisor is called.
 */
package org.liveupdate.kexec;
