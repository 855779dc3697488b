package dev.cantora.engine.voice.analysis;

import java.util.List;

/** A recording and what is spoken in it, in order of time. */
public record LabelledRecording(Recording recording, List<LabelledSegment> segments) {
  public LabelledRecording {
    segments = List.copyOf(segments);
  }
}
