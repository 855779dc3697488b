package dev.cantora.daemon.live;

import dev.cantora.api.live.NoteAck;
import dev.cantora.engine.LiveNote;
import dev.cantora.engine.LiveVoice;

/** Notes that start: what they sing, and what the client is told about it. For one thread. */
final class SungNotes {

  private final LyricQueue lyrics = new LyricQueue();
  private final LiveOutput output;

  SungNotes(LiveOutput output) {
    this.output = output;
  }

  void queue(SessionEvent.Words words) {
    lyrics.take(words.words(), words.append());
    output.send(lyrics.status());
  }

  /** @param atSample of the chain @param chainZero sample of the stream at which the chain's position was 0 */
  void start(SessionEvent.Note note, VoiceChain chain, long atSample, long chainZero) {
    int waited = lyrics.size();
    SungSyllable syllable = lyrics.next(note.words());
    LiveNote sung = WireTypes.liveNote(note.message(), syllable.phonemes());
    LiveVoice.NoteAck ack = chain.apply(new ChainEvent.NoteOn(sung, atSample), System.currentTimeMillis());
    output.send(NoteAck.builder().noteId(sung.noteId()).voiceIndex(ack.voiceIndex()).stolen(ack.stolen())
        .atSample(atSample + chainZero).syllable(syllable.holds() ? null : syllable.text()).build());
    if (lyrics.size() != waited) {
      output.send(lyrics.status());
    }
  }
}
