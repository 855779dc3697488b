/**
 * The event tape of a jam: who played what at which sample, every change of a track, the tempo map. It is all that an
 * export needs, and it survives the session.
 */
package dev.cantora.daemon.jam.tape;
