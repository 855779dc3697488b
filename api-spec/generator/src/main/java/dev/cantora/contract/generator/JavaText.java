package dev.cantora.contract.generator;

import java.util.List;

/** Java spelling: literals and comments. */
final class JavaText {
  private JavaText() {}

  static String literal(String text) {
    return text == null ? "null" : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  /** Text for a javadoc comment: markup characters escaped, back-quoted words as code. */
  static String javadoc(String text) {
    return text.strip().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("*/", "*&#47;")
        .replace("@", "&#64;").replaceAll("`([^`]*)`", "<code>$1</code>").replaceAll("\\s*\n\\s*", " ");
  }

  static String javadocBlock(String text, String indent) {
    return indent + "/** " + javadoc(text) + " */\n";
  }

  /** @param tags block tags, escaped already */
  static String javadocBlock(String text, String indent, List<String> tags) {
    if (tags.isEmpty()) {
      return javadocBlock(text, indent);
    }
    StringBuilder block = new StringBuilder(indent + "/**\n" + indent + " * " + javadoc(text) + "\n" + indent + " *\n");
    tags.forEach(tag -> block.append(indent).append(" * ").append(tag).append('\n'));
    return block.append(indent).append(" */\n").toString();
  }
}
