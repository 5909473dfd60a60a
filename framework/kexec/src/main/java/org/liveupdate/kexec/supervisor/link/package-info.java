/**
 * What the supervisor and a generation have in common: the names of the properties that a generation is started with,
 * the time limits, and the control channel between the two.
 *
 * <h2>Control channel</h2>
 *
 * A Unix domain socket in a directory that only the user can enter; lines of UTF-8, one {@linkplain Message message}
 * each; one connection per generation. The first line is {@link Verb#HELLO}. A live update, where {@code n} is the
 * number of the successor's generation:
 *
 * <pre>{@code
 *   in charge                   supervisor                   successor
 *      | PREPARE ----------------> |
 *      | <-------- STARTED n pid   | (starts the JVM)
 *      |                           | <---------------- HELLO n |
 *      | <------------- CAN, READY | <------------ CAN, READY |  (again whenever it can do more or less)
 *      | COMMITTED number -------> | COMMITTED number -------> |
 *      |                           |                           |  (claims, checks, confirms)
 *      | <-------------- CONFIRMED | <-------------- CONFIRMED |  now the successor is in charge
 *      (ends, or is ended)         | ALONE ------------------> |
 * }</pre>
 *
 * Instead of {@code CONFIRMED} there can be {@link Verb#REFUSED}, and at any time before it {@link Verb#DEAD}. With
 * {@link Verb#KILL} the generation in charge has the successor ended; {@code DEAD} says that it is. The decision itself
 * is not made here but by one rename in the handover directory, so that a message that is lost or late decides nothing.
 * A generation without supervisor that starts its successor by a configured command plays the supervisor's part itself,
 * up to {@code CONFIRMED}; then it ends, and the connection with it.
 */
package org.liveupdate.kexec.supervisor.link;
