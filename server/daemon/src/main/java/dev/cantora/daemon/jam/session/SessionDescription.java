package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.QuantizeGrid;
import dev.cantora.api.jam.Snapshot;
import dev.cantora.daemon.jam.time.TempoMap;
import java.util.List;
import java.util.function.Supplier;

/**
 * A session as it stands: for those who join, for those who look for rooms, and for the disk. Belongs to the session's audio
 * thread.
 */
final class SessionDescription {

  private final JamSettings settings;
  private final long createdAtMs;
  private final Roster roster;
  private final Band band;
  private final Supplier<QuantizeGrid> grid;

  SessionDescription(JamSettings settings, long createdAtMs, Roster roster, Band band, Supplier<QuantizeGrid> grid) {
    this.settings = settings;
    this.createdAtMs = createdAtMs;
    this.roster = roster;
    this.band = band;
    this.grid = grid;
  }

  Snapshot snapshot() {
    return Snapshot.builder().sessionId(settings.sessionId()).createdAt(createdAtMs).hostId(roster.hostId())
        .sampleRateHz(JamSettings.SAMPLE_RATE_HZ).blockSize(settings.blockSize()).seed(settings.seed())
        .transport(band.transport().describe()).tracks(band.tracks().describe())
        .participants(roster.members().stream().map(member -> member.describe(member == roster.host())).toList())
        .name(settings.name()).listed(settings.listed()).recording(band.deck().recording())
        .quantizeGrid(grid.get()).metronomeEnabled(band.metronome()).build();
  }

  SessionCard card() {
    int spectators = (int) roster.members().stream().filter(Member::spectator).count();
    return new SessionCard(settings.sessionId(), settings.name(), settings.listed(), createdAtMs, ownerId(),
        roster.members().size() - spectators, spectators, band.tracks().count(), band.transport().playing(),
        band.transport().map().current().bpm(), band.deck().recording(), false);
  }

  /** @param tracksMade numbers of tracks used up */
  SessionState state(int tracksMade) {
    TempoMap.Segment tempo = band.transport().map().current();
    List<SessionState.Person> people = roster.members().stream().map(Member::person).toList();
    return new SessionState(settings.sessionId(), settings.name(), settings.listed(), createdAtMs, tempo.bpm(),
        tempo.signature(), settings.blockSize(), settings.seed(), band.transport().position(), band.metronome(),
        grid.get().wire(), tracksMade, roster.hostId(), ownerId(), people, band.tracks().states(),
        band.transport().map().segments(), band.transport().loopState(), null);
  }

  private String ownerId() {
    return roster.host() == null ? null : roster.host().principal().id();
  }
}
