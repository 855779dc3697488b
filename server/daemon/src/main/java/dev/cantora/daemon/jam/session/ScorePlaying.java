package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.jam.tape.TapeEvent;
import dev.cantora.engine.LiveNote;

/** Score tracks on their way along the song: what they play sounds and is recorded. Belongs to the session's audio thread. */
final class ScorePlaying {

  private static final double RELEASE_MS = 100;

  /** Moves a cursor without a sound: all notes were released otherwise. */
  static final ScoreCursor.Player UNHEARD = new ScoreCursor.Player() {
    @Override
    public void on(LiveNote note, long songSample) {}

    @Override
    public void off(String noteId, long songSample) {}
  };

  private final Tracks tracks;
  private final Deck deck;

  ScorePlaying(Tracks tracks, Deck deck) {
    this.tracks = tracks;
    this.deck = deck;
  }

  /** Plays a stretch of the song that is rendered next. */
  void play(long from, int frames) {
    for (JamTrack track : tracks.all()) {
      if (track.score() != null) {
        track.score().play(from, from + frames, new Heard(track, from));
      }
    }
  }

  /** The end of the loop: scores begin anew, their notes released. */
  void loop(long from, long to) {
    for (JamTrack track : tracks.all()) {
      if (track.score() != null) {
        track.score().jump(from, to, new Heard(track, from));
      }
    }
  }

  /** To another place of the song, after everything was silenced. */
  void jump(long from, long to) {
    for (JamTrack track : tracks.all()) {
      if (track.score() != null) {
        track.score().jump(from, to, UNHEARD);
      }
    }
  }

  private final class Heard implements ScoreCursor.Player {
    private final JamTrack track;
    private final long from;

    Heard(JamTrack track, long from) {
      this.track = track;
      this.from = from;
    }

    @Override
    public void on(LiveNote note, long songSample) {
      int ahead = (int) (songSample - from);
      track.noteOn(note, TapeEvent.SCORE, ahead);
      deck.noteOn(ahead, track, new TapeEvent.NoteOn(note), TapeEvent.SCORE, 0);
    }

    @Override
    public void off(String noteId, long songSample) {
      int ahead = (int) (songSample - from);
      track.noteOff(noteId, RELEASE_MS, ahead);
      deck.noteOff(ahead, track, new TapeEvent.NoteOff(noteId, RELEASE_MS), TapeEvent.SCORE);
    }
  }
}
