package dev.cantora.daemon.webhook;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A message as it waits for its delivery.
 *
 * @param secret signs it
 * @param sinceMs when it was first kept, ms since 1970
 */
record Message(String url, String secret, JsonNode body, long sinceMs) {}
