package dev.optr.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads one report of the form that Ant's {@code junit} task gave to the world: {@code testsuites}
 * and {@code testsuite} at any depth, {@code testcase} in them. A case fails by {@code failure} or
 * {@code error}; what Surefire and Failsafe run again ends as {@code flakyFailure} (it held at
 * last) or as {@code rerunFailure} beside a {@code failure}. The report is hostile: no DOCTYPE, so
 * no entities and nothing from elsewhere, bounded depth.
 */
final class JUnitXml {
  private static final int DEEPEST = 64;
  private static final int DECLARATION = 256;
  private static final Pattern ENCODING =
      Pattern.compile("<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");

  private final TestCount count;
  private final Deque<Suite> suites = new ArrayDeque<>();
  private int depth;
  private @Nullable Case current;

  private JUnitXml(TestCount count) {
    this.count = count;
  }

  /** A suite that is open; its failures with those of suites in it. */
  private static final class Suite {
    private final String name;
    private final long declared;
    private long failed;

    Suite(String name, long declared) {
      this.name = name;
      this.declared = declared;
    }
  }

  /** A case that is open. */
  private static final class Case {
    private final String name;
    private boolean failed;
    private boolean skipped;

    Case(String name) {
      this.name = name;
    }
  }

  /** Counts the tests of one report; gives what is wrong with it, if anything. */
  static Optional<String> read(InputStream report, TestCount count) {
    try {
      XMLStreamReader xml = factory().createXMLStreamReader(characters(report));
      try {
        return new JUnitXml(count).read(xml);
      } finally {
        xml.close();
      }
    } catch (IOException e) {
      return Optional.of("it cannot be read");
    } catch (XMLStreamException e) {
      return Optional.of("it is not well-formed XML" + line(e));
    } catch (RuntimeException e) {
      // The JDK's reader answers some malformed documents with unchecked exceptions of many kinds;
      // what they say may quote the document.
      return Optional.of("it cannot be read as XML (" + e.getClass().getSimpleName() + ")");
    }
  }

  /**
   * In the encoding that it declares. Decoded here, since the JDK's XML reader prints what it finds
   * wrong with bytes; wrong bytes in a test's name are no reason to refuse a report.
   */
  private static Reader characters(InputStream report) throws IOException {
    PushbackInputStream bytes = new PushbackInputStream(report, DECLARATION);
    byte[] begin = bytes.readNBytes(DECLARATION);
    bytes.unread(begin);
    Matcher declared = ENCODING.matcher(new String(begin, ISO_8859_1));
    try {
      return new InputStreamReader(
          bytes, declared.lookingAt() ? Charset.forName(declared.group(1)) : UTF_8);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IOException(e);
    }
  }

  private static String line(XMLStreamException e) {
    return e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNumber();
  }

  /** The JDK's own, whatever else is on the class path. */
  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setXMLResolver(
        (_, _, _, _) -> {
          throw new XMLStreamException("a report refers to something outside of it");
        });
    return factory;
  }

  private Optional<String> read(XMLStreamReader xml) throws XMLStreamException {
    boolean isReport = false;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (++depth > DEEPEST) {
            return Optional.of("its elements are nested more than " + DEEPEST + " deep");
          }
          isReport |= xml.getLocalName().startsWith("testsuite");
          start(xml);
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          end(xml.getLocalName());
        }
        case XMLStreamConstants.DTD -> {
          return Optional.of("it has a DOCTYPE");
        }
        case XMLStreamConstants.ENTITY_REFERENCE -> {
          return Optional.of("it has an entity reference");
        }
        default -> {}
      }
    }
    return isReport ? Optional.empty() : Optional.of("it has no 'testsuite'");
  }

  private void start(XMLStreamReader xml) {
    Case open = current;
    switch (xml.getLocalName()) {
      case "testsuites", "testsuite" ->
          suites.push(
              new Suite(text(xml, "name"), number(xml, "failures") + number(xml, "errors")));
      case "testcase" -> current = openCase(xml);
      case "failure", "error" -> {
        if (open != null) {
          open.failed = true;
        } else if (!suites.isEmpty()) {
          fail(suites.element());
        }
      }
      case "skipped" -> {
        if (open != null) {
          open.skipped = true;
        }
      }
      default -> {}
    }
  }

  private static Case openCase(XMLStreamReader xml) {
    String type = text(xml, "classname");
    String name = text(xml, "name");
    Case opened = new Case(type.isEmpty() ? name : type + "." + name);
    // GoogleTest and CTest say it in an attribute.
    opened.skipped =
        switch (text(xml, "status")) {
          case "notrun", "disabled", "skipped" -> true;
          default -> false;
        };
    return opened;
  }

  private void end(String element) {
    Case closed = current;
    if (element.equals("testcase") && closed != null) {
      close(closed);
      current = null;
    } else if (element.startsWith("testsuite") && !suites.isEmpty()) {
      Suite suite = suites.pop();
      // A suite that could not even start says so in its totals alone.
      if (suite.declared > suite.failed) {
        count.failed("suite " + suite.name);
        suite.failed = suite.declared;
      }
      if (!suites.isEmpty()) {
        suites.element().failed += suite.failed;
      }
    }
  }

  private void close(Case closed) {
    if (closed.failed) {
      count.failed(closed.name);
      if (!suites.isEmpty()) {
        suites.element().failed++;
      }
    } else if (closed.skipped) {
      count.skipped(closed.name);
    } else {
      count.passed(closed.name);
    }
  }

  private void fail(Suite suite) {
    count.failed("suite " + suite.name);
    suite.failed++;
  }

  private static String text(XMLStreamReader xml, String attribute) {
    String value = xml.getAttributeValue(null, attribute);
    return value == null ? "" : value;
  }

  /** Of a total; 0 where it is none. */
  private static long number(XMLStreamReader xml, String attribute) {
    String value = text(xml, attribute).strip();
    return value.matches("[0-9]{1,9}") ? Long.parseLong(value) : 0;
  }
}
