package dev.cantora.daemon.bank;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * A render being written, invisible until {@link #commit}. For one thread. Closing an uncommitted draft leaves nothing
 * behind, neither files nor budget.
 */
public interface Draft extends AutoCloseable {

  /**
   * Appends bytes of the audio file. Hashing and writing go on behind the caller's back, so that it can prepare the next
   * buffer meanwhile.
   *
   * @param bytes from position to limit; the draft's until the returned future is done, then the caller's again
   * @return fails with the error that writing met
   */
  CompletableFuture<Void> audio(ByteBuffer bytes);

  /** A reader of the audio while it is written; the caller closes it. */
  GrowingAudio growing();

  /**
   * Ends the audio.
   *
   * @return its SHA-256, 64 hex digits
   */
  String sealAudio();

  /**
   * Hands over a document before the audio is complete, so that a bank may store it meanwhile. Other threads may call this
   * before {@link #commit}, which is to be given the same document.
   */
  default void early(DocumentKind kind, Document document) {}

  /**
   * Makes the render visible, whole and safe against a crash. After it returns the render survives the process.
   *
   * @throws dev.cantora.daemon.errors.ApiException RENDER_TOO_LARGE or RENDER_STORE_FULL when it grew past its reservation
   *     and no room is left
   */
  RenderMeta commit(NewRender render);

  @Override
  void close();
}
