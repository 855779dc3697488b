package dev.cantora.engine.live;

import dev.cantora.engine.LiveNote;

/** Something that happens at a sample. Mutable, because the queue reuses it. */
final class LiveEvent {

  enum Kind { START, RELEASE, PANIC }

  Kind kind;
  long sample;
  int slot;
  /** Names one start of one note; a release applies only to the start it names. */
  long token;
  LiveNote note;
  boolean retrigger;
  int releaseSamples;

  void copy(LiveEvent from) {
    kind = from.kind;
    sample = from.sample;
    slot = from.slot;
    token = from.token;
    note = from.note;
    retrigger = from.retrigger;
    releaseSamples = from.releaseSamples;
  }
}
