package dev.cantora.daemon.http;

import dev.cantora.api.Operation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the operation of a request by its raw path, segment by segment. Segments are decoded one at a time, so an encoded
 * slash or a dot segment stays inside its parameter, where the id checks see it; nothing is normalised away before.
 */
final class OperationTable {
  private static final String CANONICAL = "/api/v1";
  private static final String ALIAS = "/api";

  /** Where a path leads. */
  sealed interface Match {
    /** @param parameters decoded path parameters by name */
    record Found(Operation operation, Map<String, String> parameters, boolean alias) implements Match {}

    /** The path exists, but not with this method. */
    record WrongMethod(Set<String> allowed, boolean alias) implements Match {}

    /** Below the API's prefix, but unknown. */
    record UnknownApi(boolean alias) implements Match {}

    /** Not the API: static content. */
    record Page() implements Match {}
  }

  private record Route(Operation operation, String[] segments) {
    /** HEAD asks for the head of what GET answers; a stream of events has no other use than its body. */
    boolean takesHead() {
      return operation.method().equals("GET") && operation != Operation.STREAM_RENDER_EVENTS;
    }

    boolean takes(String method) {
      return operation.method().equals(method) || method.equals("HEAD") && takesHead();
    }
  }

  private final List<Route> prefixed = new ArrayList<>();
  private final List<Route> probes = new ArrayList<>();

  OperationTable() {
    for (Operation operation : Operation.values()) {
      (operation.prefixed() ? prefixed : probes).add(new Route(operation, operation.path().substring(1).split("/")));
    }
  }

  Match match(String method, String rawPath) {
    if (below(rawPath, CANONICAL)) {
      return find(method, rawPath.substring(CANONICAL.length()), prefixed, false);
    }
    if (below(rawPath, ALIAS)) {
      return find(method, rawPath.substring(ALIAS.length()), prefixed, true);
    }
    Match probe = find(method, rawPath, probes, false);
    return probe instanceof Match.UnknownApi ? new Match.Page() : probe;
  }

  private static boolean below(String path, String prefix) {
    return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  private static Match find(String method, String path, List<Route> routes, boolean alias) {
    String[] segments = path.isEmpty() ? new String[0] : path.substring(1).split("/", -1);
    Set<String> allowed = new TreeSet<>();
    Match.Found best = null;
    for (Route route : routes) {
      Map<String, String> parameters = parameters(route.segments, segments);
      if (parameters == null) {
        continue;
      }
      allowed.add(route.operation.method());
      if (route.takesHead()) {
        allowed.add("HEAD");
      }
      boolean moreExact = best == null || parameters.size() < best.parameters.size();
      if (route.takes(method) && moreExact) {
        best = new Match.Found(route.operation, parameters, alias);
      }
    }
    if (best != null) {
      return best;
    }
    return allowed.isEmpty() ? new Match.UnknownApi(alias) : new Match.WrongMethod(allowed, alias);
  }

  /** Null when the path does not fit the template. */
  private static Map<String, String> parameters(String[] template, String[] segments) {
    if (template.length != segments.length) {
      return null;
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < template.length; i++) {
      if (template[i].startsWith("{") && !segments[i].isEmpty()) {
        parameters.put(template[i].substring(1, template[i].length() - 1), decoded(segments[i]));
      } else if (!template[i].equals(segments[i])) {
        return null;
      }
    }
    return parameters;
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException badEscape) {
      return segment;
    }
  }

  @Override
  public String toString() {
    return "OperationTable" + Arrays.toString(Operation.values());
  }
}
