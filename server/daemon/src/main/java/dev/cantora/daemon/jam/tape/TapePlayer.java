package dev.cantora.daemon.jam.tape;

import dev.cantora.engine.audio.TanhLimiter;
import dev.cantora.engine.EngineException;
import dev.cantora.engine.LiveVoice;
import dev.cantora.engine.PcmSink;
import dev.cantora.engine.RenderMonitor;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Plays a tape through the same singers and strips as the session did; the tape alone decides every sample. Stems are the
 * strips' outputs, and their sum in track order is the master before its limiter, bit for bit.
 *
 * <p>A block is cut where a setting changes, so a change lands on its sample whatever the block size.
 */
public final class TapePlayer {

  private final EventTape tape;
  private final List<TapeEvent> events;
  private final Map<String, TapeLane> lanes = new LinkedHashMap<>();
  private final float[] master;
  private int next;

  /**
   * @param channels 1 or 2
   * @param singers makes the singers of a track (its voice, seed, polyphony and default timbre), mono
   */
  public TapePlayer(EventTape tape, int channels, Function<TapeTrack, LiveVoice> singers) {
    this.tape = tape;
    this.events = tape.events();
    this.master = new float[tape.blockSize() * channels];
    for (TapeTrack track : tape.tracks()) {
      lanes.put(track.trackId(), new TapeLane(track, singers.apply(track), tape.blockSize(), channels));
    }
    boolean anySolo = anySolo();
    lanes.values().forEach(lane -> lane.open(anySolo));
  }

  /**
   * Plays to the end.
   *
   * @param limited whether the master passes the limiter, as it was heard
   * @param stems sink per track id, for the stems that are wanted
   * @throws EngineException RENDER_CANCELLED when the monitor says so
   */
  public void play(RenderMonitor monitor, boolean limited, PcmSink masterSink, Map<String, PcmSink> stems)
      throws IOException {
    long blocks = tape.lengthSamples() / tape.blockSize();
    for (long block = 0; block < blocks; block++) {
      if (monitor.cancelled()) {
        throw new EngineException(EngineException.Fault.RENDER_CANCELLED, "The export was cancelled.");
      }
      playBlock(block * tape.blockSize());
      deliver(limited, masterSink, stems);
      monitor.progress(block + 1, blocks);
    }
  }

  private void playBlock(long from) {
    long to = from + tape.blockSize();
    lanes.values().forEach(TapeLane::clear);
    long at = from;
    while (at < to) {
      long cut = takeEvents(at, to);
      for (TapeLane lane : lanes.values()) {
        lane.render(at, (int) (at - from), (int) (cut - at));
      }
      at = cut;
    }
  }

  /** Applies settings due at {@code at} and hands out notes up to the next change of a setting. @return its sample */
  private long takeEvents(long at, long to) {
    boolean moved = false;
    long cut = to;
    for (; next < events.size() && events.get(next).tSample() < to; next++) {
      TapeEvent event = events.get(next);
      boolean setting = !(event.payload() instanceof TapeEvent.NoteOn || event.payload() instanceof TapeEvent.NoteOff);
      if (setting && event.tSample() > at) {
        cut = event.tSample();
        break;
      }
      TapeLane lane = lanes.get(event.trackId());
      if (lane != null) {
        moved |= lane.take(event);
      }
    }
    if (moved) {
      boolean anySolo = anySolo();
      lanes.values().forEach(lane -> lane.move(anySolo));
    }
    return cut;
  }

  private void deliver(boolean limited, PcmSink masterSink, Map<String, PcmSink> stems) throws IOException {
    Arrays.fill(master, 0);
    for (TapeLane lane : lanes.values()) {
      lane.addTo(master);
      PcmSink sink = stems.get(lane.trackId());
      if (sink != null) {
        sink.accept(lane.stem(), tape.blockSize());
      }
    }
    if (limited) {
      TanhLimiter.apply(master, master.length);
    }
    masterSink.accept(master, tape.blockSize());
  }

  private boolean anySolo() {
    return lanes.values().stream().anyMatch(TapeLane::soloed);
  }
}
