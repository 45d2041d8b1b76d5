package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.CanonicalJson;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Public vectors as lines of a ledger. A signature of a kind that comes later may have any members,
 * so a document is put there: the line is intact exactly where the document is in the profile and
 * canonical.
 */
final class VectorLinesTest {
  private static final BigDecimal LARGEST = BigDecimal.valueOf(Members.MAX_INTEGER);

  private final LineReader reader = new LineReader();

  /** RFC 8785's own documents: most use what the profile does not have. */
  @ParameterizedTest
  @CsvSource({
    "arrays, INTACT",
    "french, E_PROFILE",
    "structures, E_PROFILE",
    "unicode, E_PROFILE",
    "values, E_PROFILE",
    "weird, E_PROFILE"
  })
  void takesOfRfc8785WhatTheProfileHas(String name, String expected) throws IOException {
    assertThat(verdict(bytes("jcs/testdata/output/" + name + ".json"))).isEqualTo(expected);
  }

  /** The same documents before they are made canonical. */
  @ParameterizedTest
  @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
  void takesNoneThatIsNotCanonicalYet(String name) throws IOException {
    String verdict = verdict(bytes("jcs/testdata/input/" + name + ".json"));

    assertThat(verdict).isIn("E_PROFILE", "E_NOT_CANONICAL");
  }

  /** 11,000 numbers as ECMAScript writes them; the profile has integers alone. */
  @ParameterizedTest
  @ValueSource(strings = {"es6testfile-1000.txt", "es6testfile-10000.txt"})
  void takesOfEcmaScriptsNumbersTheSmallIntegers(String name) throws IOException {
    List<String> lines = Files.readAllLines(Vectors.at("jcs/" + name), US_ASCII);
    int integers = 0;
    for (String line : lines) {
      String number = line.substring(line.indexOf(',') + 1);
      BigDecimal value = new BigDecimal(number);
      boolean small =
          value.stripTrailingZeros().scale() <= 0 && value.abs().compareTo(LARGEST) <= 0;
      assertThat(verdict(number.getBytes(US_ASCII)))
          .as(line)
          .isEqualTo(small ? "INTACT" : "E_PROFILE");
      integers += small ? 1 : 0;
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(1000);
    assertThat(integers).isPositive();
  }

  @Test
  void takesNoLineThatIsNoJson() throws IOException {
    List<Path> files = named("test_parsing", "n_");
    for (Path file : files) {
      byte[] document = Files.readAllBytes(file);
      assertThat(codes(document)).as("%s", file).containsExactly("E_SYNTAX");
      assertThat(verdict(document)).as("%s", file).isEqualTo("E_SYNTAX");
    }
    assertThat(files).hasSize(188);
  }

  @Test
  void takesOfWhatIsJsonTheCanonicalDocumentsOfTheProfile() throws IOException {
    List<Path> files =
        Stream.of(
                named("test_parsing", "y_"),
                named("test_parsing", "i_"),
                named("test_transform", ""))
            .flatMap(List::stream)
            .toList();
    int intact = 0;
    for (Path file : files) {
      byte[] document = Files.readAllBytes(file);
      String verdict = verdict(document);
      assertThat(verdict).as("%s", file).isIn("INTACT", "E_SYNTAX", "E_PROFILE", "E_NOT_CANONICAL");
      if (verdict.equals("INTACT")) {
        assertThat(canonical(document)).as("%s", file).isEqualTo(document);
        intact++;
      }
      // By itself none of them is an entry.
      assertThat(codes(document)).as("%s", file).hasSize(1).doesNotContain("INTACT");
    }
    assertThat(files).hasSize(95 + 35 + 22);
    assertThat(intact).isGreaterThan(20);
  }

  private static byte[] canonical(byte[] document) {
    try {
      return CanonicalJson.bytes(JsonReader.read(document));
    } catch (JsonException e) {
      throw new AssertionError(new String(document, ISO_8859_1), e);
    }
  }

  /** INTACT, or the one code of the line that carries the document beside its signatures. */
  private String verdict(byte[] document) {
    String golden = Golden.file("unsigned.jsonl").utf8().lines().findFirst().orElseThrow();
    String[] around = golden.split("\"sigs\":\\[", 2);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    line.writeBytes((around[0] + "\"sigs\":[{\"alg\":\"later\",\"value\":").getBytes(UTF_8));
    line.writeBytes(document);
    line.writeBytes(("}" + around[1]).getBytes(UTF_8));
    return String.join(" ", codes(line.toByteArray()));
  }

  private List<String> codes(byte[] line) {
    return switch (reader.read(Container.MAIN, 1, line)) {
      case LineReader.Line.Intact _ -> List.of("INTACT");
      case LineReader.Line.Damaged(_, List<LineReader.Problem> problems) ->
          problems.stream().map(problem -> problem.code().name()).toList();
    };
  }

  private static byte[] bytes(String path) throws IOException {
    return Files.readAllBytes(Vectors.at(path));
  }

  private static List<Path> named(String folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(Vectors.at("jsontestsuite/" + folder))) {
      return files
          .filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).startsWith(prefix))
          .sorted()
          .toList();
    }
  }
}
