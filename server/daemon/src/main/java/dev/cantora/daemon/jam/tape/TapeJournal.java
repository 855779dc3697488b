package dev.cantora.daemon.jam.tape;

/** Hears of everything that is written on a tape, in the order it happened. Nothing here may wait. */
public interface TapeJournal {

  /** Keeps nothing. */
  TapeJournal NONE = new TapeJournal() {
    @Override
    public void began(UnfinishedTape head) {}

    @Override
    public void track(TapeTrack track) {}

    @Override
    public void event(TapeEvent event) {}

    @Override
    public void ended(long recordedSamples) {}
  };

  /** A new recording, which replaces an earlier one. @param head without tracks and events */
  void began(UnfinishedTape head);

  void track(TapeTrack track);

  void event(TapeEvent event);

  void ended(long recordedSamples);
}
