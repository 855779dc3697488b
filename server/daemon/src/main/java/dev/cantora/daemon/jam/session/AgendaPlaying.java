package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.TrackNoteAck;
import dev.cantora.daemon.jam.tape.TapeEvent;
import dev.cantora.engine.LiveVoice;

/**
 * Agent tracks on their way along the song: what was planned sounds and is recorded at its place, unquantised, and who planned
 * a note hears of it when it sounds. Belongs to the session's audio thread.
 */
final class AgendaPlaying {

  private final Tracks tracks;
  private final Deck deck;
  private final Roster roster;

  AgendaPlaying(Tracks tracks, Deck deck, Roster roster) {
    this.tracks = tracks;
    this.deck = deck;
    this.roster = roster;
  }

  /** Plays a stretch of the song that is rendered next. @param loopStart as {@link Agenda#take} has it */
  void play(long from, int frames, long loopStart) {
    for (JamTrack track : tracks.all()) {
      if (!track.agenda().isEmpty()) {
        track.agenda().take(from, from + frames, loopStart,
            plan -> play(track, plan, (int) Math.max(0, plan.sample() - from)));
      }
    }
  }

  private void play(JamTrack track, Agenda.Plan plan, int ahead) {
    switch (plan) {
      case Agenda.On(long sample, var note, String participantId) -> {
        LiveVoice.NoteAck ack = track.noteOn(note, participantId, ahead);
        deck.noteOn(ahead, track, new TapeEvent.NoteOn(note), participantId, 0);
        Member member = roster.member(participantId);
        if (member != null) {
          roster.to(member, TrackNoteAck.builder().trackId(track.trackId()).noteId(note.noteId())
              .voiceIndex(ack.voiceIndex()).stolen(ack.stolen()).build());
        }
      }
      case Agenda.Off(long sample, String noteId, double releaseMs, String participantId) -> {
        track.noteOff(noteId, releaseMs, ahead);
        deck.noteOff(ahead, track, new TapeEvent.NoteOff(noteId, releaseMs), participantId);
      }
    }
  }
}
