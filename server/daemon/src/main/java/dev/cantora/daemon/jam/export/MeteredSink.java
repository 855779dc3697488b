package dev.cantora.daemon.jam.export;

import dev.cantora.engine.PcmSink;
import dev.cantora.engine.audio.SampleMeter;
import java.io.IOException;

/** Measures what passes. */
record MeteredSink(PcmSink next, SampleMeter meter) implements PcmSink {

  @Override
  public void accept(float[] interleaved, int count) throws IOException {
    meter.measure(interleaved, count);
    next.accept(interleaved, count);
  }
}
