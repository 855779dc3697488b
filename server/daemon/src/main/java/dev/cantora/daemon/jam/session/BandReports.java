package dev.cantora.daemon.jam.session;

import dev.cantora.api.jam.JamTelemetry;
import dev.cantora.api.jam.MetronomeTick;
import dev.cantora.api.jam.TrackLevel;
import dev.cantora.api.jam.TransportTick;
import dev.cantora.daemon.audio.LevelMeter;
import dev.cantora.daemon.jam.time.TempoMap;
import java.util.ArrayList;
import java.util.List;

/** What a playing session tells about itself; the next report replaces the last. Belongs to the session's audio thread. */
final class BandReports {

  private static final long TELEMETRY_NS = 67_000_000L;

  private final Roster roster;
  private final long bornNs = System.nanoTime();
  private long telemetryNs;

  BandReports(Roster roster) {
    this.roster = roster;
  }

  /** The transport starts: telemetry follows at once. */
  void start(long nowNs) {
    telemetryNs = nowNs;
  }

  void tick(Transport transport) {
    TempoMap.Position at = transport.map().at(transport.position());
    roster.offerAll(TransportTick.builder().currentSec((double) transport.position() / JamSettings.SAMPLE_RATE_HZ)
        .currentBeat(at.beat()).currentMeasure((int) at.measure()).playing(true).build());
  }

  void beat(TempoMap.Beat beat) {
    roster.offerAll(MetronomeTick.builder().beat(beat.beat()).measure((int) beat.measure()).downbeat(beat.downbeat()).build());
  }

  /** Levels since the last time, 15 times a second. */
  void telemetryWhenDue(long nowNs, Tracks tracks, LevelMeter master) {
    if (nowNs - telemetryNs < 0) {
      return;
    }
    telemetryNs = nowNs + TELEMETRY_NS;
    List<TrackLevel> levels = new ArrayList<>();
    for (JamTrack track : tracks.all()) {
      levels.add(TrackLevel.builder().trackId(track.trackId()).voicesActive(track.voicesActive())
          .peakDbfs(orNull(track.meter().peakBeforeDbfs())).build());
      track.meter().reset();
    }
    roster.offerAll(JamTelemetry.builder().tracks(levels).masterPeakDbfs(orNull(master.peakBeforeDbfs()))
        .participantCount(roster.members().size()).uptimeSec((nowNs - bornNs) / 1e9).build());
    master.reset();
  }

  private static Double orNull(double dbfs) {
    return Double.isInfinite(dbfs) ? null : dbfs;
  }
}
