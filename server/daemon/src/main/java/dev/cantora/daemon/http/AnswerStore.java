package dev.cantora.daemon.http;

import java.util.Map;

/**
 * Where answers to requests with an Idempotency-Key are kept, by a name made of principal, route and key. A name is taken
 * while its request is under way; an answer that is no error is kept for a day, or until too many newer ones came.
 * Thread-safe.
 */
public interface AnswerStore {

  /** An answer as it was sent. @param body never changed */
  record Answer(int status, String contentType, byte[] body, Map<String, String> headers) {}

  /**
   * Takes a name, or tells what was answered under it before.
   *
   * @param bodyHash of all that makes the request what it is
   * @return null when the name is now this request's
   * @throws dev.cantora.daemon.errors.ApiException IDEMPOTENCY_KEY_REUSED for another request under the same name,
   *     IDEMPOTENCY_KEY_IN_USE while the first one is under way
   */
  Answer take(String name, String bodyHash);

  /** Keeps an answer unless it is an error. */
  void keep(String name, Answer answer);

  /** Frees a name under which nothing was kept. */
  void release(String name);
}
