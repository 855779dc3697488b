package dev.cantora.daemon.jam.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TempoMapTest {

  private static final int RATE_HZ = 48000;
  private final TempoMap steady = TempoMap.constant(RATE_HZ, 120, TimeSignature.COMMON);

  @Test
  void countsMeasuresAndBeats() {
    assertThat(steady.at(0)).isEqualTo(new TempoMap.Position(0, 0));
    assertThat(steady.at(24000 * 5)).isEqualTo(new TempoMap.Position(1, 1));
    assertThat(steady.at(36000).beat()).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void findsTheNextBeatLine() {
    assertThat(steady.nextBeat(0)).isEqualTo(new TempoMap.Beat(0, 0, 0));
    assertThat(steady.nextBeat(1)).isEqualTo(new TempoMap.Beat(24000, 0, 1));
    assertThat(steady.nextBeat(24000 * 4)).isEqualTo(new TempoMap.Beat(96000, 1, 0));
  }

  @Test
  void aTempoChangeGoesOnWithinTheMeasure() {
    TempoMap map = steady.changed(36000, 60, TimeSignature.COMMON);
    assertThat(map.at(36000).beat()).isCloseTo(1.5, within(1e-12));
    assertThat(map.nextBeat(36000)).isEqualTo(new TempoMap.Beat(36000 + 24000, 0, 2));
    assertThat(map.at(24000)).isEqualTo(new TempoMap.Position(0, 1));
  }

  @Test
  void aBeatLineBehindAChangeIsTheChangedTemposLine() {
    TempoMap map = steady.changed(36000, 240, TimeSignature.COMMON);
    assertThat(map.nextBeat(30000)).isEqualTo(new TempoMap.Beat(42000, 0, 2));
  }

  @Test
  void aMetreChangeBeginsAMeasure() {
    TempoMap map = steady.changed(36000, 120, new TimeSignature(3, 4));
    assertThat(map.at(36000)).isEqualTo(new TempoMap.Position(1, 0));
    assertThat(map.nextBeat(36000 + 3 * 24000)).isEqualTo(new TempoMap.Beat(36000 + 72000, 2, 0));
  }

  @Test
  void aJumpKeepsTheCountAndCarriesTheTempoAlong() {
    TempoMap map = steady.changed(96000, 60, TimeSignature.COMMON).jumped(48000);
    assertThat(map.at(48000)).isEqualTo(new TempoMap.Position(0, 2));
    assertThat(map.current().bpm()).isEqualTo(60);
    assertThat(map.nextBeat(48001).sample()).isEqualTo(96000);
  }

  @Test
  void theGridFollowsTheTempoWhereTheNoteSounds() {
    TempoMap map = steady.changed(96000, 60, TimeSignature.COMMON);
    assertThat(Grid.QUARTER.shift(map, 25000)).isEqualTo(-1000);
    assertThat(Grid.QUARTER.shift(map, 96000 + 47000)).isEqualTo(1000);
    assertThat(Grid.SIXTEENTH.shift(map, 96000 + 11000)).isEqualTo(1000);
    assertThat(Grid.NONE.shift(map, 12345)).isZero();
  }

  @Test
  void measuresHaveALength() {
    assertThat(steady.measureSamples(2)).isEqualTo(8 * 24000);
  }
}
