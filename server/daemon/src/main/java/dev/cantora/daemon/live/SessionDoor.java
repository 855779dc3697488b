package dev.cantora.daemon.live;

/** What a session needs of its surroundings. */
interface SessionDoor {

  /** Has the session run soon. Any thread. */
  void wake();

  /** Takes the session off the clock. */
  void leave();

  /** Loads a voice; takes time, so never on an audio thread. */
  Instrument load(String presetId);
}
