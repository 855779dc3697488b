/**
 * Audio in real time, for live and jam sessions alike: when blocks are due, who renders them, what a voice is wrapped
 * into before its samples leave, and how they look on the wire.
 *
 * <p>A few platform threads ({@link dev.cantora.daemon.audio.AudioClock}) each own a share of the sessions and touch them
 * alone, so nothing here locks. Due times are absolute ({@link dev.cantora.daemon.audio.BlockSchedule}), hence without
 * drift, and lie on one grid for all sessions, so that a wake-up serves many of them. In steady state nothing on this
 * path allocates. No messages, no sockets beyond the frame queue, no files.
 */
package dev.cantora.daemon.audio;
