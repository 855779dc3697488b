package dev.cantora.daemon.jam.session;

import dev.cantora.api.ErrorCode;
import dev.cantora.api.jam.Chat;
import dev.cantora.api.jam.ChatMessage;
import dev.cantora.api.jam.ExportCancel;
import dev.cantora.api.jam.JamClientMessage;
import dev.cantora.api.jam.JamLatencyReport;
import dev.cantora.api.jam.JamRecordStart;
import dev.cantora.api.jam.JamRecordStop;
import dev.cantora.api.jam.JamTransportAck;
import dev.cantora.api.jam.ListenAck;
import dev.cantora.api.jam.ListenSet;
import dev.cantora.api.jam.MetronomeAck;
import dev.cantora.api.jam.MetronomeToggle;
import dev.cantora.api.jam.ParticipantUpdated;
import dev.cantora.api.jam.QuantizeAck;
import dev.cantora.api.jam.QuantizeGrid;
import dev.cantora.api.jam.RecordExport;
import dev.cantora.api.jam.ScoreStatus;
import dev.cantora.api.jam.SessionSetHost;
import dev.cantora.api.jam.SessionSetQuantize;
import dev.cantora.api.jam.TrackAdd;
import dev.cantora.api.jam.TrackAdded;
import dev.cantora.api.jam.TrackControl;
import dev.cantora.api.jam.TrackNoteAck;
import dev.cantora.api.jam.TrackNoteOff;
import dev.cantora.api.jam.TrackRemove;
import dev.cantora.api.jam.TrackRemoved;
import dev.cantora.api.jam.TrackUpdate;
import dev.cantora.api.jam.TrackUpdated;
import dev.cantora.api.jam.TransportPlay;
import dev.cantora.api.jam.TransportSeek;
import dev.cantora.api.jam.TransportSet;
import dev.cantora.api.jam.TransportStop;
import dev.cantora.daemon.jam.time.Grid;
import dev.cantora.daemon.jam.time.TimeSignature;
import dev.cantora.daemon.live.WireTypes;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Who may do what, and what everybody is told. Belongs to the session's audio thread. */
final class Commands {

  private final JamSession session;
  private final Roster roster;
  private final Band band;
  private final Recordings recordings;
  private QuantizeGrid grid = QuantizeGrid.NONE;

  Commands(JamSession session, Roster roster, Band band, Recordings recordings) {
    this.session = session;
    this.roster = roster;
    this.band = band;
    this.recordings = recordings;
  }

  QuantizeGrid wireGrid() {
    return grid;
  }

  void restore(String wireGrid) {
    band.grid(Grid.ofWire(wireGrid));
    grid = java.util.Arrays.stream(QuantizeGrid.values()).filter(each -> each.wire().equals(wireGrid)).findFirst()
        .orElse(QuantizeGrid.NONE);
  }

  void said(JamCommand.Said said, long nowNs) {
    Member member = said.member();
    switch (said.message()) {
      case Chat chat -> roster.toAll(ChatMessage.builder().participantId(member.participantId())
          .displayName(member.displayName()).text(chat.text()).sentAt(System.currentTimeMillis()).build());
      case ListenSet listen -> listen(member, listen);
      case JamLatencyReport report -> {
        member.latencyMs(report.rttMs());
        band.arrangeFar();
        roster.toAll(ParticipantUpdated.builder().participant(member.describe(member == roster.host())).build());
      }
      case JamClientMessage other when member.spectator() -> roster.refuse(member, ErrorCode.NOT_AUTHORIZED);
      case MetronomeToggle toggle -> {
        band.metronome(!band.metronome());
        roster.toAll(MetronomeAck.builder().enabled(band.metronome()).build());
      }
      case TrackRemove remove -> owned(member, remove.trackId(), track -> {
        band.remove(track, member.participantId());
        session.withdraw(track);
        roster.toAll(TrackRemoved.builder().trackId(track.trackId()).build());
      });
      case TrackNoteOff off when off.songSec() != null -> known(member, off.trackId(), track -> plan(member, track,
          new Agenda.Off(Transport.sample(off.songSec()), off.noteId(), off.releaseMsOrDefault(), member.participantId())));
      case TrackNoteOff off -> known(member, off.trackId(), track ->
          band.noteOff(track, off.noteId(), off.releaseMsOrDefault(), member.participantId(), said.arrivedNs()));
      case TrackControl control -> known(member, control.trackId(), track -> band.control(track,
          WireTypes.controller(control.controller()), control.value(), member.participantId()));
      case JamClientMessage hostOnly when member != roster.host() -> roster.refuse(member, ErrorCode.NOT_HOST);
      case TransportPlay play -> play(play.countInMeasuresOrDefault(), nowNs);
      case TransportStop stop -> {
        band.stop();
        transportAck();
      }
      case TransportSeek seek -> {
        band.jump(seek.positionSec());
        transportAck();
      }
      case TransportSet set -> set(member, set);
      case SessionSetQuantize set -> {
        grid = set.grid();
        band.grid(Grid.ofWire(grid.wire()));
        roster.toAll(QuantizeAck.builder().grid(grid).build());
      }
      case SessionSetHost set -> handOver(member, set.participantId());
      case JamRecordStart start -> recordings.start();
      case JamRecordStop stop -> recordings.stop();
      case RecordExport wanted -> recordings.export(member, wanted);
      case ExportCancel cancel -> recordings.cancel();
      default -> throw new IllegalStateException("prepared elsewhere: " + said.message());
    }
  }

  void addTrack(JamCommand.AddTrack add) {
    if (band.tracks().count() >= JamSession.MAX_TRACKS) {
      roster.refuse(add.member(), ErrorCode.TRACK_ADD_FAILED, "A session holds at most " + JamSession.MAX_TRACKS + " tracks.");
      return;
    }
    TrackAdd wanted = add.message();
    JamTrack track = new JamTrack(add.settings(), add.member().participantId(), add.instrument(), add.voice(),
        wanted.inputModeOrDefault(), wanted.lyricsLanguage(), session.blockSize());
    band.add(track);
    session.supply(track);
    roster.toAll(TrackAdded.builder().track(track.describe()).build());
  }

  void updateTrack(JamCommand.UpdateTrack update) {
    if (update.member().spectator()) {
      roster.refuse(update.member(), ErrorCode.NOT_AUTHORIZED);
      return;
    }
    owned(update.member(), update.message().trackId(), track -> update(update.member(), track, update));
  }

  void note(JamCommand.Note note, long nowNs) {
    Member member = note.member();
    if (member.spectator()) {
      roster.refuse(member, ErrorCode.NOT_AUTHORIZED);
      return;
    }
    known(member, note.message().trackId(), track -> {
      if (note.message().timbre() != null && !track.instrument().timbres().contains(note.message().timbre())) {
        roster.invalid(member, "timbre", "is not one of " + track.instrument().timbres());
        return;
      }
      if (note.message().songSec() != null && !plan(member, track, new Agenda.On(Transport.sample(note.message().songSec()),
          WireWords.note(note.message(), note.phonemes()), member.participantId()))) {
        return;
      }
      if (!band.transport().playing()) {
        play(0, nowNs);
      }
      if (note.message().songSec() != null) {
        return;
      }
      var ack = band.noteOn(track, WireWords.note(note.message(), note.phonemes()), member.participantId(),
          note.arrivedNs());
      roster.to(member, TrackNoteAck.builder().trackId(track.trackId()).noteId(note.message().noteId())
          .voiceIndex(ack.voiceIndex()).stolen(ack.stolen()).build());
    });
  }

  /** @return whether it will sound at its place */
  private boolean plan(Member member, JamTrack track, Agenda.Plan plan) {
    boolean planned = track.isAgent() && track.agenda().add(plan);
    if (!planned) {
      roster.invalid(member, "songSec", track.isAgent() ? "would be one of more than " + Agenda.MAX_PLANS + " that wait"
          : "is for tracks whose inputMode is agent");
    }
    return planned;
  }

  void setScore(JamCommand.SetScore set) {
    if (set.member().spectator()) {
      roster.refuse(set.member(), ErrorCode.NOT_AUTHORIZED);
      return;
    }
    owned(set.member(), set.trackId(), track -> {
      List<String> known = track.instrument().timbres();
      for (Map.Entry<String, Integer> asked : set.timbres().entrySet()) {
        if (!known.contains(asked.getKey())) {
          roster.invalid(set.member(), "score.notes." + asked.getValue() + ".timbre", "is not one of " + known);
          return;
        }
      }
      ScoreCursor cursor = set.score();
      band.score(track, cursor);
      session.keepScore(track.trackId(), cursor);
      roster.toAll(ScoreStatus.builder().trackId(track.trackId()).noteCount(cursor.noteCount())
          .durationSec(set.durationSec()).playing(band.transport().playing()).build());
      roster.toAll(TrackUpdated.builder().track(track.describe()).build());
    });
  }

  private void play(int countInMeasures, long nowNs) {
    band.play(countInMeasures, nowNs);
    transportAck();
  }

  private void transportAck() {
    roster.toAll(JamTransportAck.builder().transport(band.transport().describe()).build());
  }

  private void set(Member member, TransportSet set) {
    if (!band.transport().loop(set.loopEnabled(), set.loopStartSec(), set.loopEndSec())) {
      roster.invalid(member, "loopEndSec", "must lie at least " + Transport.MIN_LOOP_SEC + " s behind loopStartSec");
      return;
    }
    band.arrangeFar();
    band.tempo(set.bpm(), set.timeSig() == null ? null : new TimeSignature(set.timeSig().num(), set.timeSig().den()));
    transportAck();
  }

  private void handOver(Member member, String participantId) {
    Member next = roster.member(participantId);
    if (next == null || next.spectator()) {
      roster.invalid(member, "participantId", "is no member of this session");
      return;
    }
    roster.handOver(next);
  }

  private void listen(Member member, ListenSet listen) {
    if (listen.metronome() != null) {
      member.hearsMetronome(listen.metronome());
    }
    if (listen.interval() != null && !member.spectator() && listen.interval() != member.far()) {
      member.far(listen.interval(), session.blockSize());
      band.arrangeFar();
      roster.toAll(ParticipantUpdated.builder().participant(member.describe(member == roster.host())).build());
    }
    roster.to(member, ListenAck.builder().metronome(member.hearsMetronome()).interval(member.far()).build());
  }

  private void update(Member member, JamTrack track, JamCommand.UpdateTrack command) {
    TrackUpdate update = command.message();
    if (update.defaultTimbre() != null && !track.instrument().timbres().contains(update.defaultTimbre())) {
      roster.invalid(member, "defaultTimbre", "is not one of " + track.instrument().timbres());
      return;
    }
    band.change(track, new JamTrack.Change(update.name(), update.gain(), update.pan(), update.mute(), update.solo(),
        update.polyphonyLimit(), command.reserve(), update.defaultTimbre(), update.inputMode()), member.participantId());
    roster.toAll(TrackUpdated.builder().track(track.describe()).build());
  }

  private void known(Member member, String trackId, Consumer<JamTrack> action) {
    JamTrack track = band.tracks().byId(trackId);
    if (track == null) {
      roster.refuse(member, ErrorCode.TRACK_NOT_FOUND);
    } else {
      action.accept(track);
    }
  }

  private void owned(Member member, String trackId, Consumer<JamTrack> action) {
    known(member, trackId, track -> {
      if (member == roster.host() || track.ownerId().equals(member.participantId())) {
        action.accept(track);
      } else {
        roster.refuse(member, ErrorCode.NOT_AUTHORIZED);
      }
    });
  }
}
