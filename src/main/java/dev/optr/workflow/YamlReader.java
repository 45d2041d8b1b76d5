package dev.optr.workflow;

import dev.optr.base.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Reads one YAML 1.2 document of UTF-8 bytes: core schema, no custom tags, limits of size, nesting
 * and aliases. Whatever the bytes are, the result is a tree or findings.
 */
final class YamlReader {
  static final int MOST_BYTES = 128 << 10;
  static final int DEEPEST = 16;
  static final int MOST_ALIASES = 50;

  private final Findings findings;
  private final LoadSettings settings =
      LoadSettings.builder()
          .setSchema(new PlainCoreSchema())
          .setCodePointLimit(MOST_BYTES)
          .setMaxAliasesForCollections(MOST_ALIASES)
          .setAllowDuplicateKeys(true)
          .setAllowRecursiveKeys(false)
          .setAllowNonScalarKeys(true)
          .build();

  /** The core schema without merge keys, which YAML 1.2 does not have. */
  private record PlainCoreSchema() implements Schema {
    @Override
    public ScalarResolver getScalarResolver() {
      return new CoreScalarResolver(false);
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
      return Map.of();
    }
  }

  YamlReader(Findings findings) {
    this.findings = findings;
  }

  /** The document, or null where it could not be read; why is then a finding. */
  @Nullable YamlNode read(Bytes source) {
    if (source.size() > MOST_BYTES) {
      findings.add(
          Mark.START, "the file has " + source.size() + " bytes, allowed: at most " + MOST_BYTES);
      return null;
    }
    String text = decode(source);
    if (text == null) {
      return null;
    }
    try {
      return isOneShallowDocument(text)
          ? new Compose(settings)
              .composeString(text)
              .flatMap(new YamlTree(findings)::read)
              .orElse(null)
          : null;
    } catch (YamlEngineException e) {
      report(text, e);
      return null;
    }
  }

  private @Nullable String decode(Bytes source) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(source.size() + 1);
    CoderResult result = decoder.decode(ByteBuffer.wrap(source.toArray()), text, true);
    String decoded = text.flip().toString();
    if (result.isError()) {
      findings.add(markAt(decoded, decoded.length()), "not UTF-8, allowed: UTF-8 alone");
      return null;
    }
    return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
  }

  // Composing recurses, parsing does not: so that no nesting can exhaust the stack.
  private boolean isOneShallowDocument(String text) {
    int depth = 0;
    int documents = 0;
    int aliases = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
        findings.add(mark(event.getStartMark()), tooDeep());
        return false;
      }
      if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (event instanceof AliasEvent && ++aliases > MOST_ALIASES) {
        findings.add(mark(event.getStartMark()), "one alias too many, allowed: " + MOST_ALIASES);
        return false;
      }
      if (event instanceof DocumentStartEvent && ++documents > 1) {
        findings.add(
            mark(event.getStartMark()), "a second document begins here, allowed: one per file");
        return false;
      }
    }
    return true;
  }

  private void report(String text, YamlEngineException e) {
    switch (e) {
      case MarkedYamlEngineException marked ->
          findings.add(
              mark(marked.getProblemMark().or(marked::getContextMark)), notYaml(sentence(marked)));
      case ReaderException reader ->
          findings.add(
              markAt(text, reader.getPosition()),
              String.format("character U+%04X, allowed: printable ones", reader.getCodePoint()));
      default -> findings.add(Mark.START, notYaml(String.valueOf(e.getMessage())));
    }
  }

  private static String sentence(MarkedYamlEngineException e) {
    String problem = String.valueOf(e.getProblem());
    return e.getContext() == null || e.getContext().isBlank()
        ? problem
        : e.getContext() + ", " + problem;
  }

  private static String notYaml(String problem) {
    return "not YAML: " + problem.lines().map(String::strip).reduce("", (a, b) -> a + b);
  }

  static String tooDeep() {
    return "nested too deep, allowed: " + DEEPEST + " levels";
  }

  static Mark mark(Optional<org.snakeyaml.engine.v2.exceptions.Mark> mark) {
    return mark.map(at -> new Mark(at.getLine() + 1, at.getColumn() + 1)).orElse(Mark.START);
  }

  private static Mark markAt(String text, int index) {
    String before = text.substring(0, Math.min(index, text.length()));
    int lineStart = before.lastIndexOf('\n') + 1;
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return new Mark(line, before.codePointCount(lineStart, before.length()) + 1);
  }
}
