package dev.cantora.engine.performance;

import java.util.List;

/**
 * A planned performance: everything that is going to be sung, before it is sung. Rendering it gives the samples that
 * rendering its score gives, unless somebody changed it in between.
 *
 * @param sampleRateHz clock of all samples in it
 */
public record Performance(int sampleRateHz, List<PlannedSinger> singers) {
  public Performance {
    singers = List.copyOf(singers);
  }
}
