package dev.cantora.contract.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes {@code ErrorCode} and {@code CloseCode} from the catalogue. */
final class ErrorCatalogue {
  private static final String PACKAGE = "dev.cantora.api";

  private final JsonNode catalogue;

  ErrorCatalogue(JsonNode catalogue) {
    this.catalogue = catalogue;
  }

  void writeTo(Output output) throws IOException {
    output.writeJava(PACKAGE + ".ErrorCode", errorCode());
    output.writeJava(PACKAGE + ".CloseCode", closeCode());
  }

  private String errorCode() {
    String constants = items(catalogue.get("codes")).stream().map(this::errorConstant)
        .collect(Collectors.joining(",\n\n", "", ";\n"));
    return """
        package %s;

        import java.util.Map;
        import java.util.Optional;
        import java.util.Set;
        import java.util.regex.Matcher;
        import java.util.regex.Pattern;

        /** Every error code of the API. Generated from errors.yaml. */
        public enum ErrorCode {
        %s
          /** Where a code can appear. */
          public enum Scope { REST, SSE, LIVE, JAM }

          /** Who defined a code: the operators' page, the reference implementation, or Cantora. */
          public enum Origin { SEED, CONTRACT, OWN }

          private static final Pattern PLACEHOLDER = Pattern.compile("\\\\{(\\\\w+)}");

          private final int httpStatus;
          private final Origin origin;
          private final Set<Scope> scopes;
          private final String message;
          private final String cause;
          private final String hint;
          private final String hintTemplate;

          ErrorCode(int httpStatus, Origin origin, Set<Scope> scopes, String message, String cause, String hint,
              String hintTemplate) {
            this.httpStatus = httpStatus;
            this.origin = origin;
            this.scopes = scopes;
            this.message = message;
            this.cause = cause;
            this.hint = hint;
            this.hintTemplate = hintTemplate;
          }

          /** HTTP status of the answer, or 0 for codes that only sockets and event streams carry. */
          public int httpStatus() {
            return httpStatus;
          }

          public Origin origin() {
            return origin;
          }

          public Set<Scope> scopes() {
            return scopes;
          }

          /** Default message of the envelope. */
          public String message() {
            return message;
          }

          /** Why it happens, for documentation. */
          public String cause() {
            return cause;
          }

          /** The next step, in general words. */
          public String hint() {
            return hint;
          }

          /** The next step, made exact where all values of its template are known. */
          public String hint(Map<String, ?> values) {
            if (hintTemplate == null) {
              return hint;
            }
            StringBuilder filled = new StringBuilder();
            Matcher matcher = PLACEHOLDER.matcher(hintTemplate);
            while (matcher.find()) {
              Object value = values.get(matcher.group(1));
              if (value == null) {
                return hint;
              }
              matcher.appendReplacement(filled, Matcher.quoteReplacement(String.valueOf(value)));
            }
            return matcher.appendTail(filled).toString();
          }

          /** The code of this name, empty for one that this version does not know. */
          public static Optional<ErrorCode> of(String name) {
            for (ErrorCode code : values()) {
              if (code.name().equals(name)) {
                return Optional.of(code);
              }
            }
            return Optional.empty();
          }
        }
        """.formatted(PACKAGE, constants);
  }

  private String errorConstant(JsonNode code) {
    return """
          /** %s */
          %s(%d, Origin.%s, Set.of(%s),
              %s,
              %s,
              %s,
              %s)""".indent(2).formatted(
        JavaText.javadoc(code.get("cause").asText()), code.get("code").asText(), code.get("httpStatus").asInt(0),
        upper(code.get("origin")), scopes(code, "Scope."), literal(code, "message"), literal(code, "cause"),
        literal(code, "hint"), literal(code, "hintTemplate")).stripTrailing();
  }

  private String closeCode() {
    String constants = items(catalogue.get("closeCodes")).stream()
        .map(code -> """
              /** %s */
              %s(%d, %s, Set.of(%s))""".indent(2).formatted(
            JavaText.javadoc(code.get("cause").asText()), code.get("name").asText(), code.get("code").asInt(),
            literal(code, "reason"), scopes(code, "ErrorCode.Scope.")).stripTrailing())
        .collect(Collectors.joining(",\n\n", "", ";\n"));
    return """
        package %s;

        import java.util.Set;

        /** WebSocket close codes that the daemon uses. Generated from errors.yaml. */
        public enum CloseCode {
        %s
          private final int code;
          private final String reason;
          private final Set<ErrorCode.Scope> scopes;

          CloseCode(int code, String reason, Set<ErrorCode.Scope> scopes) {
            this.code = code;
            this.reason = reason;
            this.scopes = scopes;
          }

          public int code() {
            return code;
          }

          /** Close reason; may hold {placeholders} that the daemon fills. */
          public String reason() {
            return reason;
          }

          public Set<ErrorCode.Scope> scopes() {
            return scopes;
          }
        }
        """.formatted(PACKAGE, constants);
  }

  private static String scopes(JsonNode code, String prefix) {
    return items(code.get("scopes")).stream().map(scope -> prefix + upper(scope)).collect(Collectors.joining(", "));
  }

  private static String literal(JsonNode node, String field) {
    return JavaText.literal(node.path(field).asText(null));
  }

  private static String upper(JsonNode text) {
    return text.asText().toUpperCase(Locale.ROOT);
  }

  private static List<JsonNode> items(JsonNode array) {
    List<JsonNode> list = new ArrayList<>();
    array.forEach(list::add);
    return list;
  }
}
