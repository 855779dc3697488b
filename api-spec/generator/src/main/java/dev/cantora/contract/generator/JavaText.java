package dev.cantora.contract.generator;

import java.util.List;
import java.util.stream.Collectors;

/** Java spelling: literals, names and comments. */
final class JavaText {
  private JavaText() {}

  static String literal(String text) {
    return text == null ? "null" : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  static String literals(List<String> texts) {
    return texts.stream().map(JavaText::literal).collect(Collectors.joining(", "));
  }

  /** Text for a javadoc comment: markup characters escaped, back-quoted words as code. */
  static String javadoc(String text) {
    return text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("*/", "*&#47;")
        .replace("@", "&#64;").replaceAll("`([^`]*)`", "<code>$1</code>");
  }
}
