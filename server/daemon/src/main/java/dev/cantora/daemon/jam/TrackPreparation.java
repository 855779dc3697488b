package dev.cantora.daemon.jam;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.TrackAdd;
import dev.cantora.api.jam.TrackNoteOn;
import dev.cantora.api.jam.TrackSetScore;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.jam.session.JamCommand;
import dev.cantora.daemon.jam.session.JamOutput;
import dev.cantora.daemon.jam.session.JamSession;
import dev.cantora.daemon.jam.session.JamSettings;
import dev.cantora.daemon.jam.session.ScoreCursor;
import dev.cantora.daemon.jam.tape.TapeTrack;
import dev.cantora.daemon.live.Instrument;
import dev.cantora.daemon.render.ScoreMapping;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.LiveConfig;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.lyrics.phonology.Phone;
import dev.cantora.engine.score.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a message about a track takes before the audio thread may have it: voices loaded, singers built, words made phonemes. */
final class TrackPreparation {
  private final JamOutput output;
  private final Instrument.Library library;
  private final ScoreNotes scoreNotes;

  TrackPreparation(JamOutput output, Instrument.Library library, ScoreNotes scoreNotes) {
    this.output = output;
    this.library = library;
    this.scoreNotes = scoreNotes;
  }

  /** Loads the voice and builds its singers here, so that the audio thread only has to take them. */
  void addTrack(Identity place, TrackAdd add) {
    if (place.spectator()) {
      throw new ApiException(ErrorCode.NOT_AUTHORIZED);
    }
    TapeTrack settings = place.session().newTrack(add);
    if (place.session().card().tracks() >= JamSession.MAX_TRACKS) {
      throw new ApiException(ErrorCode.TRACK_ADD_FAILED, "A session holds at most " + JamSession.MAX_TRACKS + " tracks.");
    }
    try {
      Instrument instrument = library.load(add.presetId());
      if (add.defaultTimbre() != null && !instrument.timbres().contains(add.defaultTimbre())) {
        output.invalid("defaultTimbre", "is not one of " + instrument.timbres());
        return;
      }
      LiveVoice voice = instrument.newVoice(new LiveConfig(JamSettings.SAMPLE_RATE_HZ, 1, settings.polyphonyLimit(),
          settings.seed(), settings.defaultTimbre()));
      place.session().post(new JamCommand.AddTrack(place.member(), add, settings, instrument, voice));
    } catch (ApiException | EngineException known) {
      throw known;
    } catch (RuntimeException e) {
      throw ApiException.builder(ErrorCode.TRACK_ADD_FAILED).cause(e).build();
    }
  }

  void setScore(Identity place, TrackSetScore set) {
    if (place.spectator()) {
      throw new ApiException(ErrorCode.NOT_AUTHORIZED);
    }
    ScoreMapping.requireSupported(set.score().formatVersion());
    Score score = ScoreMapping.score(set.score());
    ScoreCursor cursor = new ScoreCursor(scoreNotes.notes(score, place.session().lyricsLanguage(set.trackId())));
    place.session().post(new JamCommand.SetScore(place.member(), set.trackId(), cursor, score.endSec(), timbres(score)));
  }

  private static Map<String, Integer> timbres(Score score) {
    Map<String, Integer> first = new LinkedHashMap<>();
    for (int i = 0; i < score.notes().size(); i++) {
      if (score.notes().get(i).timbre() != null) {
        first.putIfAbsent(score.notes().get(i).timbre(), i);
      }
    }
    return first;
  }

  void note(Identity place, TrackNoteOn note, long arrivedNs) {
    List<String> phonemes = List.of();
    if (note.phonemes() != null && !note.phonemes().isEmpty()) {
      phonemes = note.phonemes();
      if (phonemes.stream().anyMatch(symbol -> Phone.of(symbol).isEmpty())) {
        output.invalid("phonemes", "must be ARPAbet symbols");
        return;
      }
    } else if (note.lyric() != null && !note.lyric().isBlank()) {
      String language = note.language() != null ? note.language() : place.session().lyricsLanguage(note.trackId());
      phonemes = scoreNotes.syllable(note.lyric(), language);
    }
    place.session().post(new JamCommand.Note(place.member(), note, phonemes, arrivedNs));
  }
}
