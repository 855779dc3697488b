/**
 * Sessions with a tape on disk, below the render store: what a jam needs to go on after the daemon stopped or was killed.
 * Audio threads put what happened into a queue; one thread writes.
 */
package dev.cantora.daemon.jam.archive;
