package dev.cantora.daemon.jam.session;

import dev.cantora.daemon.audio.LevelMeter;
import dev.cantora.daemon.jam.mix.Click;
import dev.cantora.daemon.jam.time.TempoMap;
import dev.cantora.engine.audio.TanhLimiter;
import java.util.Arrays;
import java.util.function.Consumer;

/** From strips to what each kind of listener hears: mono or stereo, with the click or without. For one thread. */
final class Mixdown {

  private final int frames;
  private final float[] mono;
  private final float[] stereo;
  private final float[] clicks;
  private final float[] monoWithClick;
  private final float[] stereoWithClick;
  private final Click click;
  private final LevelMeter meter = new LevelMeter(1);
  private boolean metronome;
  private boolean wantsStereo;
  private boolean clicked;

  Mixdown(int sampleRateHz, int blockSize) {
    frames = blockSize;
    mono = new float[blockSize];
    stereo = new float[2 * blockSize];
    clicks = new float[blockSize];
    monoWithClick = new float[blockSize];
    stereoWithClick = new float[2 * blockSize];
    click = new Click(sampleRateHz);
  }

  boolean metronome() {
    return metronome;
  }

  void metronome(boolean on) {
    metronome = on;
  }

  LevelMeter meter() {
    return meter;
  }

  void begin(boolean withStereo) {
    wantsStereo = withStereo;
    clicked = false;
    Arrays.fill(mono, 0);
    Arrays.fill(stereo, 0);
    Arrays.fill(clicks, 0);
  }

  float[] mono() {
    return mono;
  }

  /** Null when nobody listens in stereo. */
  float[] stereo() {
    return wantsStereo ? stereo : null;
  }

  /**
   * Strikes the beats of a stretch of the song.
   *
   * @param line song sample of its first frame
   * @param always clicks even when the metronome is off (count-in)
   * @param onBeat told of each beat while the metronome is on
   */
  void clicks(TempoMap map, long line, int length, int offset, boolean always, Consumer<TempoMap.Beat> onBeat) {
    int done = 0;
    boolean audible = metronome || always;
    while (done < length) {
      TempoMap.Beat beat = map.nextBeat(line + done);
      int until = (int) Math.min(length, beat.sample() - line);
      click.render(clicks, offset + done, until - done);
      done = until;
      if (done < length) {
        if (audible) {
          click.strike(beat.downbeat());
          onBeat.accept(beat);
        }
        click.render(clicks, offset + done, 1);
        done++;
      }
    }
    clicked = true;
  }

  void finish() {
    meter.before(mono, frames);
    TanhLimiter.apply(mono, frames);
    if (wantsStereo) {
      TanhLimiter.apply(stereo, 2 * frames);
    }
    if (clicked) {
      System.arraycopy(mono, 0, monoWithClick, 0, frames);
      Click.addLimited(clicks, monoWithClick, frames, 1);
      if (wantsStereo) {
        System.arraycopy(stereo, 0, stereoWithClick, 0, 2 * frames);
        Click.addLimited(clicks, stereoWithClick, frames, 2);
      }
    }
  }

  /** The finished block for a far listener. */
  float[] heard(PrivateMix mix, int channels, boolean withClick) {
    return mix.finish(heard(channels, withClick), withClick && clicked ? clicks : null);
  }

  /** The finished block for one kind of listener. */
  float[] heard(int channels, boolean withClick) {
    if (withClick && clicked) {
      return channels == 1 ? monoWithClick : stereoWithClick;
    }
    return channels == 1 ? mono : stereo;
  }
}
