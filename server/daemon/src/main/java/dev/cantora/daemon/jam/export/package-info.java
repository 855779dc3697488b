/**
 * From a tape to the bank: a job of the render queue that plays the tape and files the master, and a render per track when
 * stems are wanted. No sockets here.
 */
package dev.cantora.daemon.jam.export;
