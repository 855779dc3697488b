package dev.cantora.daemon.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.daemon.bank.RenderKey;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.bank.StoredJson;
import dev.cantora.daemon.hash.Sha256;
import dev.cantora.daemon.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A render as the cluster knows it: its meta and where the rest lies.
 *
 * @param charge bytes that the budget is charged
 * @param audio name of the WAV file in the object store
 * @param documents name of its documents there
 * @param wavHash SHA-256 of the WAV file, 64 hex digits
 * @param madeBy id of the reservation it was stored under
 */
record StoredRender(RenderMeta meta, long charge, String audio, String documents, String wavHash, String madeBy) {
  private static final String GONE = "{\"gone\":";
  private static final String OWN = "r.";
  private static final String SLOT = "last.";
  private static final int OWNER_HASH_CHARS = 32;

  /** Name in the bucket; principals' ids may hold anything, so slots are named by a hash. */
  static String name(RenderKey key) {
    if (!key.isLast()) {
      return OWN + key.id();
    }
    return key.lastOf() == null ? SLOT + "0"
        : SLOT + Sha256.hex(key.lastOf().getBytes(StandardCharsets.UTF_8)).substring(0, OWNER_HASH_CHARS);
  }

  static StoredRender read(byte[] json) {
    JsonNode tree = Json.parse(json);
    try {
      return new StoredRender(StoredJson.meta(Json.bytes(tree.path("meta"))), tree.path("charge").asLong(),
          tree.path("audio").asText(), tree.path("documents").asText(), tree.path("wavHash").asText(), tree.path("madeBy").asText());
    } catch (IOException damaged) {
      throw dev.cantora.daemon.bank.BankFaults.unreadable("meta.json", damaged);
    }
  }

  /** What stands in a render's place while it is deleted. @param mark unique */
  static byte[] gone(String mark) {
    return Json.bytes(Json.object().put("gone", mark));
  }

  static boolean isGone(byte[] json) {
    return new String(json, 0, Math.min(json.length, GONE.length()), StandardCharsets.US_ASCII).equals(GONE);
  }

  byte[] written() {
    ObjectNode tree = Json.object();
    tree.set("meta", Json.tree(meta));
    return Json.bytes(tree.put("charge", charge).put("audio", audio).put("documents", documents).put("wavHash", wavHash)
        .put("madeBy", madeBy));
  }

  StoredRender with(RenderMeta changed) {
    return new StoredRender(changed, charge, audio, documents, wavHash, madeBy);
  }
}
