package dev.cantora.daemon.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Serves the cockpit at {@code /} and the portal at {@code /docs/} from their built folders. Routes of the cockpit's own
 * navigation get its shell; anything unknown is an HTML 404. Names that carry a content hash are cached for a year,
 * everything else is revalidated. Who takes brotli or gzip gets the version compressed at build time.
 */
final class StaticPages {
  private static final Map<String, String> TYPES = Map.ofEntries(
      Map.entry("html", "text/html; charset=utf-8"), Map.entry("js", "text/javascript; charset=utf-8"),
      Map.entry("mjs", "text/javascript; charset=utf-8"), Map.entry("css", "text/css; charset=utf-8"),
      Map.entry("json", "application/json; charset=utf-8"), Map.entry("yaml", "application/yaml; charset=utf-8"),
      Map.entry("map", "application/json; charset=utf-8"), Map.entry("webmanifest", "application/manifest+json"),
      Map.entry("svg", "image/svg+xml"), Map.entry("png", "image/png"), Map.entry("jpg", "image/jpeg"),
      Map.entry("ico", "image/x-icon"), Map.entry("woff2", "font/woff2"), Map.entry("woff", "font/woff"),
      Map.entry("wasm", "application/wasm"), Map.entry("wav", "audio/wav"), Map.entry("mid", "audio/midi"),
      Map.entry("xml", "application/xml; charset=utf-8"), Map.entry("txt", "text/plain; charset=utf-8"),
      Map.entry("md", "text/markdown; charset=utf-8"));
  /** Bundlers put at least 8 characters of a hash between name and extension: {@code /assets/index-C4nTora1.js}. */
  private static final Pattern HASHED = Pattern.compile("/assets/.*[.-][A-Za-z0-9_-]{8,}\\.[a-z0-9]+");
  /** Views the cockpit routes by itself. */
  private static final List<String> APP_ROUTES = List.of("/score", "/live", "/bank", "/jam", "/settings");
  private static final String COCKPIT_POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
      + "style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws: wss: blob:; "
      + "worker-src 'self' blob:; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
      + "frame-ancestors 'none'";
  /** The portal's generator writes style attributes; its inline scripts become files when it is built. */
  private static final String PORTAL_POLICY = "default-src 'self'; script-src 'self'; "
      + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self' data:; "
      + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
  private static final HeaderName POLICY = HeaderNames.create("Content-Security-Policy");
  private static final String NOT_FOUND_PAGE = """
      <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Not found</title></head>
      <body><h1>Not found</h1><p>There is no such page. The cockpit is at <a href="/">/</a>, the documentation at \
      <a href="/docs/">/docs/</a>.</p></body></html>
      """;

  private final Path cockpit;
  private final Path portal;

  /** @param cockpit folder or null @param portal folder or null */
  StaticPages(Path cockpit, Path portal) {
    this.cockpit = cockpit;
    this.portal = portal;
  }

  void serve(ServerRequest request, ServerResponse response) throws IOException {
    String method = request.prologue().method().text();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      notFound(response);
      return;
    }
    String path = decoded(request.prologue().uriPath().rawPath());
    if (path == null) {
      notFound(response);
    } else if (path.equals("/docs")) {
      response.headers().set(HeaderValues.create(HeaderNames.LOCATION, "/docs/"));
      response.status(Status.MOVED_PERMANENTLY_301).send();
    } else if (path.startsWith("/docs/")) {
      file(portal, path.substring("/docs".length()), PORTAL_POLICY, request, response);
    } else {
      boolean appRoute = APP_ROUTES.stream().anyMatch(route -> path.equals(route) || path.startsWith(route + "/"));
      file(cockpit, appRoute ? "/index.html" : path, COCKPIT_POLICY, request, response);
    }
  }

  private static void file(Path root, String path, String policy, ServerRequest request, ServerResponse response)
      throws IOException {
    Optional<Path> found = root == null ? Optional.empty() : find(root, path);
    if (found.isEmpty()) {
      notFound(response);
      return;
    }
    Path file = found.get();
    String name = file.getFileName().toString();
    Instant modified = Files.getLastModifiedTime(file).toInstant();
    StoredVersion version = StoredVersion.of(file, request.headers().first(HeaderNames.ACCEPT_ENCODING).orElse(null));
    String tag = "\"" + Long.toHexString(modified.toEpochMilli()) + "-" + Long.toHexString(Files.size(file))
        + (version.coding() == null ? "" : "-" + version.coding()) + "\"";
    response.headers().set(HeaderValues.create(POLICY, policy));
    response.headers().set(HeaderValues.create(HeaderNames.ETAG, tag));
    boolean immutable = HASHED.matcher(path).matches() && !name.endsWith(".html");
    response.headers().set(HeaderValues.create(HeaderNames.CACHE_CONTROL,
        immutable ? "public, max-age=31536000, immutable" : "no-cache"));
    response.headers().set(HeaderValues.create(HeaderNames.VARY, "Accept-Encoding, Origin"));
    if (request.headers().first(HeaderNames.IF_NONE_MATCH).filter(known -> EntityTags.match(known, tag)).isPresent()) {
      response.status(Status.NOT_MODIFIED_304).send();
      return;
    }
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    response.headers().set(HeaderValues.create(HeaderNames.CONTENT_TYPE,
        TYPES.getOrDefault(extension, "application/octet-stream")));
    if (version.coding() != null) {
      response.headers().set(HeaderValues.create(HeaderNames.CONTENT_ENCODING, version.coding()));
    }
    response.status(Status.OK_200);
    WholeAnswer.send(response, Files.readAllBytes(version.file()));
  }

  /** The file of a path inside a folder; links that lead out do not count. */
  private static Optional<Path> find(Path root, String path) {
    try {
      Path real = root.toRealPath();
      String relative = path.substring(1);
      for (String candidate : List.of(relative, relative + ".html", (relative + "/index.html").replaceAll("^/+|(/)/+", "$1"))) {
        Path file = real.resolve(candidate).normalize();
        if (file.startsWith(real) && Files.isRegularFile(file) && file.toRealPath().startsWith(real)) {
          return Optional.of(file);
        }
      }
      return Optional.empty();
    } catch (IOException | InvalidPathException unusable) {
      return Optional.empty();
    }
  }

  private static void notFound(ServerResponse response) {
    response.headers().set(HeaderValues.create(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8"));
    response.status(Status.NOT_FOUND_404);
    WholeAnswer.send(response, NOT_FOUND_PAGE.getBytes(StandardCharsets.UTF_8));
  }

  /** Null for paths that no file of ours can have. */
  private static String decoded(String rawPath) {
    try {
      String path = URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
      boolean odd = path.contains("..") || path.contains("\\") || path.contains("//") || !path.startsWith("/")
          || path.contains("/.") || path.chars().anyMatch(Character::isISOControl);
      return odd ? null : path;
    } catch (IllegalArgumentException badEscape) {
      return null;
    }
  }
}
