/** Musical time of a jam: tempo and metre over the song's samples, and the grid that notes snap to. Pure arithmetic. */
package dev.cantora.daemon.jam.time;
