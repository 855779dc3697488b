/**
 * Jam sessions on {@code /ws/jam}: a band in one room. {@code session} is the room, an actor on the audio clock; {@code
 * time}, {@code mix} and {@code tape} are what it is made of; this package is the door: sockets, identities, exports.
 */
package dev.cantora.daemon.jam;
