package dev.optr.agents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Json;
import dev.optr.base.JsonException;
import dev.optr.base.JsonObject;
import dev.optr.base.JsonReader;
import dev.optr.git.FrozenTree;
import dev.optr.testing.GeneratedTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class ToolboxPropertiesTest {
  private static final List<String> VISIBLE =
      List.of("a.txt", "src/A.java", "src/B.java", "odd \"name\"\n", "docs/a/b/c.md");
  private static final List<String> HIDDEN =
      List.of(".env", "src/Hidden.java", "private/a.txt", "docs/private.md", "A.java");
  private static final Pattern NUMBERED = Pattern.compile("(\\d+)\t(.*)", Pattern.DOTALL);
  private static final Pattern READ_ON =
      Pattern.compile(
          "\\[cut: read on with read_file\\(path=(.*), startLine=(\\d+), endLine=(.*)\\)\\]");

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> line =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(40),
            Arbitraries.strings().withChars("ab \t\r[]0123").ofMaxLength(60),
            Arbitraries.integers().between(0, 16_000).map("\u20acx"::repeat));
    return line.list()
        .ofMaxSize(40)
        .map(lines -> String.join("\n", lines).replace("\0", "").replaceAll("\\p{Cs}", ""));
  }

  @Property(tries = 150)
  void readingOnAsStatedGivesTheWholeTextAgain(@ForAll("texts") String text) {
    withFile(
        text,
        calls -> {
          List<String> lines = new ArrayList<>();
          JsonObject arguments = Json.object().put("path", "odd \"name\"\n").build();
          while (!arguments.members().isEmpty()) {
            arguments = readOn(calls.call(ReadFile.NAME, arguments).text(), lines);
          }
          String ending = text.endsWith("\n") || text.isEmpty() ? "" : "\n";
          assertThat(String.join("", lines)).isEqualTo(text + ending);
        });
  }

  /** Adds the lines that an answer shows, and gives the call that it says to make next. */
  private static JsonObject readOn(String answer, List<String> lines) {
    List<String> shown = List.of(answer.split("\n", -1));
    for (String line : shown.subList(1, shown.size())) {
      Matcher numbered = NUMBERED.matcher(line);
      Matcher next = READ_ON.matcher(line);
      if (next.matches()) {
        String json =
            "{\"path\": %s, \"startLine\": %s, \"endLine\": %s}"
                .formatted(next.group(1), next.group(2), next.group(3));
        return object(json);
      }
      if (numbered.matches()) {
        lines.add(numbered.group(2) + "\n");
        assertThat(numbered.group(1)).isEqualTo("" + lines.size());
      } else {
        assertThat(line).isEmpty();
      }
    }
    return new JsonObject(Map.of());
  }

  private static JsonObject object(String json) {
    try {
      return JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
    } catch (JsonException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  @Provide
  Arbitrary<Json> values() {
    Arbitrary<Json> simple =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20).map(Json::text),
            Arbitraries.strings()
                .withChars("a.*?/\\(){}[]|+^$,1\u00e9\ud83d")
                .ofMaxLength(20)
                .map(Json::text),
            Arbitraries.of(VISIBLE).map(Json::text),
            Arbitraries.of(HIDDEN).map(Json::text),
            Arbitraries.of("..", "/", "", "src", "private", "**", "src/**", ".").map(Json::text),
            Arbitraries.bigDecimals().map(Json::number),
            Arbitraries.longs().map(Json::number),
            Arbitraries.integers().between(-1, 4).map(Json::number),
            Arbitraries.of(new BigDecimal("1e999999"), new BigDecimal("1e-999999"))
                .map(Json::number),
            Arbitraries.of(true, false).map(Json::bool));
    return Arbitraries.oneOf(
        simple,
        simple,
        simple.list().ofMaxSize(2).map(Json::array),
        simple.map(value -> Json.object().put("path", value).build()),
        Arbitraries.just(Json.NULL));
  }

  @Provide
  Arbitrary<JsonObject> arguments() {
    return Arbitraries.maps(
            Arbitraries.of("path", "startLine", "endLine", "glob", "regex", "x\n"), values())
        .ofMaxSize(4)
        .map(JsonObject::new);
  }

  @Property(tries = 150)
  void noCallThrowsOrNamesAHiddenPathThatItWasNotTold(
      @ForAll("arguments") JsonObject first, @ForAll("arguments") JsonObject second) {
    withFile(
        "text\n",
        calls -> {
          for (JsonObject arguments : List.of(first, second)) {
            for (String name : List.of("list_files", "read_file", "search", "bash")) {
              ToolAnswer answer = calls.call(name, arguments);
              String said = arguments.toString();
              assertThat(HIDDEN)
                  .filteredOn(path -> !said.contains(path))
                  .noneMatch(path -> names(answer.text(), path));
              assertThat(answer.text()).doesNotContain("hidden words");
              assertThat(answer.doing()).doesNotContainPattern("[\\p{Cntrl}]").hasSizeLessThan(900);
              assertThat(HIDDEN).noneMatch(path -> answer.doing().endsWith(" " + path));
            }
          }
        });
  }

  private static boolean names(String text, String path) {
    return Pattern.compile("(^|[\\s'\":])" + Pattern.quote(path) + "($|[\\s'\":])")
        .matcher(text)
        .find();
  }

  @Provide
  Arbitrary<String> expressions() {
    Arbitrary<String> atom =
        Arbitraries.of(
            "a", "b", ".", "[^a]", "[ab]", "\\s", "\\w", "\\b", "^", "$", "\u00e9", "(a|b)", "\\A",
            "\\z", "\\W", "(?i)");
    Arbitrary<String> times = Arbitraries.of("", "", "", "*", "+", "?", "{2}");
    return Combinators.combine(atom, times)
        .as((one, many) -> one.matches("\\\\[bAz]|[\\^$]|\\(\\?i\\)") ? one : one + many)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(parts -> String.join("", parts));
  }

  @Property(tries = 2000)
  void matchesLinesAsAnotherEngineDoesOneByOne(
      @ForAll("expressions") String regex, @ForAll("lines") List<String> lines) {
    Pattern other = Pattern.compile(regex.replace("\\s", "[\\t\\n\\f\\r ]"));
    List<Integer> expected = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (other.matcher(lines.get(i)).find()) {
        expected.add(i + 1);
      }
    }

    assertThat(LinePattern.of(regex))
        .isInstanceOfSatisfying(
            LinePattern.Valid.class,
            valid ->
                assertThat(
                        valid
                            .pattern()
                            .scanner()
                            .matches(
                                (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8),
                                1000,
                                () -> false))
                    .extracting(LineMatch::number)
                    .isEqualTo(expected));
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.strings()
        .withChars("ab c\u00e9")
        .ofMaxLength(5)
        .list()
        .ofMinSize(1)
        .ofMaxSize(6);
  }

  @Property
  void takesForTextWhatTheLibraryDecodes(@ForAll byte[] random, @ForAll String text) {
    for (byte[] bytes :
        List.of(random, text.getBytes(StandardCharsets.UTF_8), joined(text, random))) {
      assertThat(Utf8Check.isText(bytes)).isEqualTo(isDecodedText(bytes));
    }
  }

  private static byte[] joined(String text, byte[] bytes) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    byte[] joined = Arrays.copyOf(encoded, encoded.length + Math.min(2, bytes.length));
    System.arraycopy(bytes, 0, joined, encoded.length, Math.min(2, bytes.length));
    return joined;
  }

  private static boolean isDecodedText(byte[] bytes) {
    try {
      String decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return decoded.indexOf('\0') < 0;
    } catch (CharacterCodingException notText) {
      return false;
    }
  }

  private interface Check {
    void run(ToolCalls calls);
  }

  private static void withFile(String text, Check check) {
    try {
      Path directory = Files.createTempDirectory("toolbox");
      try (GeneratedTree tree = GeneratedTree.in(directory)) {
        VISIBLE.forEach(path -> tree.file(path, text));
        HIDDEN.forEach(path -> tree.file(path, "hidden words\n"));
        FrozenTree visible = tree.freeze().showing(VISIBLE::contains);
        check.run(ToolCalls.on(visible));
      } finally {
        try (Stream<Path> files = Files.walk(directory)) {
          for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
