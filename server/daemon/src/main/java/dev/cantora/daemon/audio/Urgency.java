package dev.cantora.daemon.audio;

/** How much the operating system prefers the calling thread to others. */
public interface Urgency {

  /** Asks for nothing. */
  Urgency NONE = new Urgency() {
    @Override
    public boolean raise() {
      return false;
    }

    @Override
    public void lower() {}
  };

  /** Does beforehand what makes the first call of the others slow. For ordinary threads. */
  default void prepare() {}

  /** Prefers the calling thread to all ordinary ones. @return whether it was granted */
  boolean raise();

  /** Makes the calling thread an ordinary one. */
  void lower();
}
