package dev.cantora.daemon.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cantora.daemon.bank.BankFaults;
import dev.cantora.daemon.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The budget's account as the cluster holds it. Immutable. What is promised counts like what is used.
 *
 * @param usedBytes what stored renders are charged
 * @param promises room set aside, by id of the reservation
 * @param changes how often it was changed, so that no two writers ever write the same value
 */
record Account(long usedBytes, Map<String, Promise> promises, long changes, String writer) {

  /**
   * Room for one render.
   *
   * @param growthBytes what the store may grow by
   * @param creditBytes charge of the render that it replaces
   * @param untilMs since the epoch; a promise that nobody kept by then is void
   */
  record Promise(long growthBytes, long creditBytes, long untilMs) {}

  /** What each node was configured with. @param perRenderBytes of one @param storeBytes of all */
  record Limits(long perRenderBytes, long storeBytes) {}

  static final Account EMPTY = new Account(0, Map.of(), 0, "");

  static Account read(byte[] json) {
    JsonNode tree = Json.parse(json);
    Map<String, Promise> promises = new TreeMap<>();
    tree.path("promises").properties().forEach(one ->
        promises.put(one.getKey(), Json.bind(one.getValue(), Promise.class)));
    return new Account(tree.path("usedBytes").asLong(), promises, tree.path("changes").asLong(), tree.path("writer").asText());
  }

  byte[] written() {
    return Json.bytes(this);
  }

  long promisedBytes() {
    return promises.values().stream().mapToLong(Promise::growthBytes).sum();
  }

  /**
   * With room for this charge promised, or a promise made larger.
   *
   * @throws dev.cantora.daemon.errors.ApiException RENDER_TOO_LARGE, RENDER_STORE_FULL
   */
  Account promise(String id, long bytes, long creditBytes, long untilMs, Limits limits) {
    if (bytes > limits.perRenderBytes()) {
      throw BankFaults.tooLarge(bytes, limits.perRenderBytes());
    }
    Promise now = promises.get(id);
    long before = now == null ? 0 : now.growthBytes();
    long growth = Math.max(before, Math.max(0, bytes - creditBytes));
    long taken = usedBytes + promisedBytes();
    if (growth > before && taken + growth - before > limits.storeBytes()) {
      throw BankFaults.storeFull(taken, limits.storeBytes(), bytes);
    }
    Map<String, Promise> more = new LinkedHashMap<>(promises);
    more.put(id, new Promise(growth, creditBytes, untilMs));
    return with(usedBytes, more);
  }

  /** The render is stored, or given up. Without effect when that is known already. */
  Account end(String id, long addedBytes, long removedBytes) {
    if (!promises.containsKey(id)) {
      return this;
    }
    Map<String, Promise> fewer = new LinkedHashMap<>(promises);
    fewer.remove(id);
    return with(usedBytes + addedBytes - removedBytes, fewer);
  }

  Account corrected(long byBytes) {
    return with(Math.max(0, usedBytes + byBytes), promises);
  }

  Account withoutExpired(long nowMs) {
    if (promises.values().stream().noneMatch(one -> one.untilMs() < nowMs)) {
      return this;
    }
    Map<String, Promise> valid = new LinkedHashMap<>(promises);
    valid.values().removeIf(one -> one.untilMs() < nowMs);
    return with(usedBytes, valid);
  }

  private Account with(long used, Map<String, Promise> promised) {
    return new Account(used, promised, changes, writer);
  }

  Account signed(String by) {
    return new Account(usedBytes, promises, changes + 1, by);
  }
}
