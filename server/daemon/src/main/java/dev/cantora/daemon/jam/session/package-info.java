/**
 * One room. All state of a {@link dev.cantora.daemon.jam.session.JamSession} belongs to the audio thread that runs it;
 * commands reach it through a mailbox, so nothing here locks.
 */
package dev.cantora.daemon.jam.session;
