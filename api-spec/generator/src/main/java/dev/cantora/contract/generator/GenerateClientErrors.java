package dev.cantora.contract.generator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Build step of the SDK: an exception per code of the catalogue. Arguments: the folder of the documents, for sources. */
public final class GenerateClientErrors {
  private static final String PACKAGE = "dev.cantora.client.errors";

  private GenerateClientErrors() {}

  public static void main(String[] args) throws IOException {
    Output output = new Output(Path.of(args[1]));
    StringBuilder cases = new StringBuilder();
    for (JsonNode code : new Documents(Path.of(args[0])).read("errors.yaml").get("codes")) {
      String name = className(code.get("code").asText());
      output.writeJava(PACKAGE + "." + name, exception(name, code));
      cases.append("      case ").append(code.get("code").asText()).append(" -> new ").append(name).append("(report);\n");
    }
    output.writeJava(PACKAGE + ".ApiExceptions", """
        package %s;

        import dev.cantora.api.ErrorCode;

        /** Finds the exception of a code. Generated from errors.yaml. */
        public final class ApiExceptions {
          private ApiExceptions() {}

          /** The exception of the report's code. */
          public static ApiException of(ErrorReport report) {
            ErrorCode code = ErrorCode.of(report.code()).orElse(null);
            if (code == null) {
              return new UnknownCodeException(report);
            }
            return switch (code) {
        %s    };
          }
        }
        """.formatted(PACKAGE, cases));
    output.deleteStale();
  }

  private static String exception(String name, JsonNode code) {
    return """
        package %1$s;

        /** {@code %2$s}: %3$s Generated from errors.yaml. */
        public final class %4$s extends ApiException {
          private static final long serialVersionUID = 1L;

          %4$s(ErrorReport report) {
            super(report);
          }
        }
        """.formatted(PACKAGE, code.get("code").asText(), JavaText.javadoc(code.get("cause").asText()), name);
  }

  private static String className(String code) {
    StringBuilder name = new StringBuilder();
    for (String word : code.split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.append("Exception").toString();
  }
}
