/**
 * The demo: real files go through live updates, and every successor proves that nothing was lost or copied.
 *
 * <pre>
 *   first generation                 each successor
 *     load every file twice            retrieve everything         (ends the blackout)
 *     preserve                         compare sizes and digests
 *     live update  ----------------->  finish
 *                                      preserve again, live update  -->  next successor
 *                                      or, at the end: sum up, exit
 * </pre>
 *
 * It uses nothing that any other agent could not use: {@code LiveUpdate}, {@code Kexec}, the runtime DTOs and the
 * factories of the providers.
 */
package org.liveupdate.demo;
