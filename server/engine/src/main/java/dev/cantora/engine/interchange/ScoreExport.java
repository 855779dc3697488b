package dev.cantora.engine.interchange;

import dev.cantora.engine.lyrics.Phonemizer;
import dev.cantora.engine.score.Score;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Scores as files of other programs. The same score gives the same bytes. */
public final class ScoreExport {
  private final Phonemizer phonemizer;

  public ScoreExport(Phonemizer phonemizer) {
    this.phonemizer = phonemizer;
  }

  /**
   * @param score with or without phonemes; those it lacks are made from its words
   * @param dictionary the caller's own pronunciations
   */
  public byte[] write(ExportFormat format, Score score, Map<String, List<String>> dictionary) {
    return switch (format) {
      case MIDI -> MidiWriter.write(score, new SungWords(phonemizer, dictionary).lyrics(score));
      case MUSICXML -> MusicXmlWriter.write(score, new SungWords(phonemizer, dictionary).lyrics(score));
      case HTK_LABELS -> LabelWriter.htk(spoken(score, dictionary)).getBytes(StandardCharsets.UTF_8);
      case AUDACITY_LABELS -> LabelWriter.audacity(spoken(score, dictionary)).getBytes(StandardCharsets.UTF_8);
      case WEBVTT -> CaptionWriter.webVtt(new SungWords(phonemizer, dictionary).lines(score)).getBytes(StandardCharsets.UTF_8);
      case LRC -> CaptionWriter.lrc(new SungWords(phonemizer, dictionary).lines(score)).getBytes(StandardCharsets.UTF_8);
    };
  }

  private Score spoken(Score score, Map<String, List<String>> dictionary) {
    Score spoken = phonemizer.withPhonemes(score, dictionary);
    return spoken.phonemes() != null ? spoken
        : new Score(score.bpm(), score.notes(), score.lyrics(), List.of(), score.lanes(), score.dictionary());
  }
}
