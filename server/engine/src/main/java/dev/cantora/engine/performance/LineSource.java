package dev.cantora.engine.performance;

/** What one singer does, stretch after stretch. */
public interface LineSource {

  /**
   * Writes the control points of a stretch; stretches follow each other without gap.
   *
   * @param from first sample, a multiple of {@link LinePerformer#PERIOD}
   * @param to end of the stretch
   */
  void perform(long from, long to, ControlTrack out);
}
