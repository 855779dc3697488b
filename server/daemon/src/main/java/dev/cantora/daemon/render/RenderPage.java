package dev.cantora.daemon.render;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cantora.api.ErrorCode;
import dev.cantora.daemon.bank.RenderKey;
import dev.cantora.daemon.bank.RenderMeta;
import dev.cantora.daemon.errors.ApiException;
import dev.cantora.daemon.http.Exchange;
import dev.cantora.daemon.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a list request asks for. A cursor holds the sort and the sort's fields of the last render of its page, so the next
 * page is found even when that render is gone.
 */
final class RenderPage {
  private static final int MAX_LIMIT = 500;

  /** The order of version 1. */
  static final Comparator<RenderMeta> USUAL = Comparator
      .comparing((RenderMeta meta) -> !meta.key().isLast())
      .thenComparing(meta -> !meta.hasPin())
      .thenComparing(RenderMeta::createdAt, Comparator.reverseOrder())
      .thenComparing(RenderMeta::id, Comparator.reverseOrder());
  private static final Map<String, Comparator<RenderMeta>> FIELDS = Map.of(
      "createdAt", Comparator.comparing(RenderMeta::createdAt),
      "name", Comparator.comparing(RenderMeta::name, String.CASE_INSENSITIVE_ORDER).thenComparing(RenderMeta::name),
      "durationSec", Comparator.comparingDouble(RenderMeta::durationSec));

  /** @param nextCursor null on the last page @param total on all pages */
  record Slice(List<RenderMeta> renders, String nextCursor, int total) {}

  private final String sort;
  private final Comparator<RenderMeta> order;
  private final Predicate<RenderMeta> filter;
  private final Integer limit;
  private final RenderMeta after;

  /** @throws ApiException INVALID_QUERY */
  RenderPage(Exchange exchange) {
    sort = exchange.query("sort").orElse("");
    order = order(sort);
    filter = filter(exchange);
    limit = exchange.query("limit").map(RenderPage::limit).orElse(null);
    after = exchange.query("cursor").map(this::after).orElse(null);
  }

  boolean paged() {
    return limit != null;
  }

  Slice of(List<RenderMeta> all) {
    List<RenderMeta> wanted = all.stream().filter(filter).sorted(order).toList();
    List<RenderMeta> rest = after == null ? wanted : wanted.stream().filter(meta -> order.compare(meta, after) > 0).toList();
    if (limit == null || rest.size() <= limit) {
      return new Slice(rest, null, wanted.size());
    }
    List<RenderMeta> page = rest.subList(0, limit);
    return new Slice(page, cursor(page.getLast()), wanted.size());
  }

  private static Comparator<RenderMeta> order(String sort) {
    if (sort.isEmpty()) {
      return USUAL;
    }
    boolean descending = sort.startsWith("-");
    Comparator<RenderMeta> field = FIELDS.get(descending ? sort.substring(1) : sort);
    if (field == null) {
      throw invalid("sort", "must be createdAt, name or durationSec, with - before it for descending order");
    }
    Comparator<RenderMeta> order = field.thenComparing(RenderMeta::id);
    return descending ? order.reversed() : order;
  }

  private static Predicate<RenderMeta> filter(Exchange exchange) {
    Predicate<RenderMeta> filter = meta -> true;
    String part = exchange.query("q").orElse("").toLowerCase(Locale.ROOT);
    if (!part.isEmpty()) {
      filter = filter.and(meta -> meta.name().toLowerCase(Locale.ROOT).contains(part));
    }
    String pinned = exchange.query("pinned").orElse(null);
    if (pinned != null) {
      if (!pinned.equals("true") && !pinned.equals("false")) {
        throw invalid("pinned", "must be true or false");
      }
      filter = filter.and(meta -> meta.hasPin() == pinned.equals("true"));
    }
    String preset = exchange.query("preset").orElse(null);
    if (preset != null) {
      filter = filter.and(meta -> preset.equals(meta.summary().preset()));
    }
    String createdBy = exchange.query("createdBy").orElse(null);
    return createdBy == null ? filter : filter.and(meta -> createdBy.equals(meta.createdBy()));
  }

  private static int limit(String text) {
    if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
      throw invalid("limit", "must be a whole number from 1 to " + MAX_LIMIT);
    }
    return Integer.parseInt(text);
  }

  private String cursor(RenderMeta last) {
    ObjectNode fields = Json.object().put("s", sort).put("i", last.id()).put("n", last.name()).put("c", last.createdAt())
        .put("d", last.durationSec()).put("p", last.hasPin());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(fields));
  }

  private RenderMeta after(String cursor) {
    try {
      JsonNode f = Json.parse(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
      if (!f.path("s").asText("?").equals(sort)) {
        throw invalid("cursor", "belongs to a list in another order");
      }
      for (String text : new String[] {"i", "n", "c"}) {
        if (!f.path(text).isTextual()) {
          throw invalid("cursor", "is not one that this daemon gave");
        }
      }
      if (!RenderKey.wellFormed(f.get("i").asText())) {
        throw invalid("cursor", "is not one that this daemon gave");
      }
      return new RenderMeta(f.get("i").asText(), f.get("n").asText(), f.get("c").asText(), "", "", "", f.path("d").asDouble(),
          null, f.path("p").asBoolean(), null, null, Map.of());
    } catch (IllegalArgumentException notBase64) {
      throw invalid("cursor", "is not one that this daemon gave");
    } catch (ApiException bad) {
      throw bad.code() == ErrorCode.INVALID_JSON ? invalid("cursor", "is not one that this daemon gave") : bad;
    }
  }

  private static ApiException invalid(String parameter, String problem) {
    return ApiException.builder(ErrorCode.INVALID_QUERY).detail("parameter", parameter).detail("problem", problem).build();
  }
}
