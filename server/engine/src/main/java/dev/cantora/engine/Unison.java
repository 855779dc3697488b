package dev.cantora.engine;

/**
 * A choir in unison: every line of a score sung by several singers who are never quite together.
 *
 * @param singers 1..16 per line; 1 is a soloist, for whom the other members mean nothing
 * @param detuneCents greatest deviation of a singer's tuning, 0..100
 * @param timingSec greatest deviation of a note's beginning or end, 0..0.1
 * @param width 0 all in the middle .. 1 from the far left to the far right; heard with two channels
 */
public record Unison(int singers, double detuneCents, double timingSec, double width) {

  public static final int MAX_SINGERS = 16;
  public static final Unison SOLO = new Unison(1, 0, 0, 0);

  public Unison {
    if (singers < 1 || singers > MAX_SINGERS || !(detuneCents >= 0 && detuneCents <= 100)
        || !(timingSec >= 0 && timingSec <= 0.1) || !(width >= 0 && width <= 1)) {
      throw new IllegalArgumentException("not a choir: " + singers + " " + detuneCents + " " + timingSec + " " + width);
    }
  }
}
