package dev.cantora.daemon.jam.time;

import java.util.Arrays;

/** Quantisation of recorded notes. Distances in quarter beats. */
public enum Grid {
  NONE("none", 0),
  QUARTER("1/4", 1),
  EIGHTH("1/8", 0.5),
  SIXTEENTH("1/16", 0.25),
  THIRTY_SECOND("1/32", 0.125);

  private final String wireName;
  private final double beats;

  Grid(String wireName, double beats) {
    this.wireName = wireName;
    this.beats = beats;
  }

  public String wireName() {
    return wireName;
  }

  public static Grid ofWire(String name) {
    return Arrays.stream(values()).filter(grid -> grid.wireName.equals(name)).findFirst().orElseThrow();
  }

  /** By how many samples a note at this place of the song must move to lie on the grid; 0 without a grid. */
  public long shift(TempoMap map, long songSample) {
    return this == NONE ? 0 : map.nearestGridLine(songSample, beats) - songSample;
  }
}
