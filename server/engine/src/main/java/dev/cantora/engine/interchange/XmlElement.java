package dev.cantora.engine.interchange;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An XML document as a tree, read by the JDK's streaming parser with document type declarations switched off: nothing is
 * fetched, no entity is expanded. Depth and size are bounded.
 */
final class XmlElement {
  /** Without a name, and with nothing in it. */
  static final XmlElement EMPTY = new XmlElement("");

  private static final int MOST_ELEMENTS = 4_000_000;
  private static final int MOST_DEPTH = 64;
  private static final int DECLARATION_BYTES = 200;
  private static final Pattern ENCODING = Pattern.compile("\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

  private final String name;
  private final Map<String, String> attributes = new HashMap<>(4);
  private final List<XmlElement> children = new ArrayList<>(4);
  private final StringBuilder text = new StringBuilder(0);

  private XmlElement(String name) {
    this.name = name;
  }

  /** The root element. */
  static XmlElement parse(byte[] xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLReporter((message, type, related, location) -> { }); // else the parser writes to standard error
    factory.setXMLResolver((publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]));
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(decode(xml)));
      XmlElement document = new XmlElement("");
      Deque<XmlElement> open = new ArrayDeque<>();
      open.push(document);
      int elements = 0;
      while (reader.hasNext()) {
        switch (reader.next()) {
          case XMLStreamConstants.START_ELEMENT -> {
            if (++elements > MOST_ELEMENTS || open.size() > MOST_DEPTH) {
              throw ScoreFiles.tooLarge("The XML has too many elements, or nests too deeply.");
            }
            XmlElement element = new XmlElement(reader.getLocalName());
            for (int i = 0; i < reader.getAttributeCount(); i++) {
              element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            open.peek().children.add(element);
            open.push(element);
          }
          case XMLStreamConstants.END_ELEMENT -> open.pop();
          case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> open.peek().text.append(reader.getText());
          case XMLStreamConstants.ENTITY_REFERENCE -> throw ScoreFiles.unreadable("The XML uses entities, which are not read.");
          default -> { }
        }
      }
      if (document.children.isEmpty()) {
        throw ScoreFiles.unreadable("The XML has no root element.");
      }
      return document.children.getFirst();
    } catch (XMLStreamException broken) {
      int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNumber();
      throw ScoreFiles.unreadable("The XML is not well-formed" + (line > 0 ? " (line " + line + ")" : "") + ".");
    }
  }

  /** Decoded here, because the parser writes to standard error about bytes that are none of the declared encoding. */
  private static String decode(byte[] xml) {
    Matcher declared = ENCODING.matcher(new String(xml, 0, Math.min(xml.length, DECLARATION_BYTES), StandardCharsets.ISO_8859_1));
    try {
      return TextFile.decode(xml, declared.lookingAt() ? Charset.forName(declared.group(1)) : StandardCharsets.UTF_8);
    } catch (IllegalArgumentException unknown) {
      throw ScoreFiles.unreadable("The XML has an encoding that is not known here.");
    }
  }

  String name() {
    return name;
  }

  List<XmlElement> children() {
    return children;
  }

  List<XmlElement> all(String childName) {
    return children.stream().filter(child -> child.name.equals(childName)).toList();
  }

  Optional<XmlElement> child(String childName) {
    for (XmlElement child : children) {
      if (child.name.equals(childName)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  boolean has(String childName) {
    return child(childName).isPresent();
  }

  /** All elements of a name below this one, in the order of the document. */
  Stream<XmlElement> descendants(String descendantName) {
    return children.stream().flatMap(child -> Stream.concat(
        Stream.of(child).filter(own -> own.name.equals(descendantName)), child.descendants(descendantName)));
  }

  /** Own text without white space around it. */
  String text() {
    return text.toString().strip();
  }

  /** Text of a child, or empty. */
  String text(String childName) {
    return child(childName).map(XmlElement::text).orElse("");
  }

  /** A finite number in the text of a child, or a default. @throws dev.cantora.engine.EngineException for what is no number */
  double number(String childName, double absent) {
    String value = text(childName);
    return value.isEmpty() ? absent : number(value, childName);
  }

  static double number(String value, String what) {
    try {
      double number = Double.parseDouble(value.strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // told below
    }
    throw ScoreFiles.unreadable("A number was expected in " + what + ".");
  }

  /** Value of an attribute, or null. */
  String attribute(String attributeName) {
    return attributes.get(attributeName);
  }
}
