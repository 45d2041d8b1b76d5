package dev.optr.base;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Public vectors beside the repository; skipped where they are not there. */
final class JsonVectorsTest {
  private static final Path FOLDER = Path.of("..", "shared", "vectors");

  @ParameterizedTest
  @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
  void canonicalFormsAreThoseOfRfc8785(String name) throws IOException, JsonException {
    Path folder = at("jcs/testdata");
    byte[] input = Files.readAllBytes(folder.resolve("input/" + name + ".json"));
    byte[] output = Files.readAllBytes(folder.resolve("output/" + name + ".json"));

    assertThat(CanonicalJson.bytes(JsonReader.read(input))).isEqualTo(output);
    assertThat(CanonicalJson.bytes(JsonReader.read(output))).isEqualTo(output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"es6testfile-1000.txt", "es6testfile-10000.txt"})
  void numbersAreWrittenAsEcmaScriptWritesThem(String name) throws IOException {
    List<String> lines = Files.readAllLines(at("jcs/" + name), US_ASCII);
    for (String line : lines) {
      String[] parts = line.split(",", 2);
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(parts[0], 16));
      assertThat(EcmaNumber.format(value)).as(line).isEqualTo(parts[1]);
    }
    assertThat(lines).hasSizeGreaterThanOrEqualTo(1000);
  }

  @Test
  void numbersThatJsonDoesNotHaveAreRefused() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> EcmaNumber.format(value))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsJsonIsRead() throws IOException, JsonException {
    List<Path> files = named("y_");
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      if (file.toString().contains("duplicated_key")) {
        // RFC 8259 lets these pass; we do not, since readers disagree on what they say.
        assertThatThrownBy(() -> JsonReader.read(bytes)).isInstanceOf(JsonException.class);
      } else {
        assertThat(JsonReader.read(bytes)).as("%s", file).isNotNull();
      }
    }
    assertThat(files).hasSize(95);
  }

  @Test
  void whatIsNoJsonIsRefusedAndNeverMoreThanThat() throws IOException {
    List<Path> files = named("n_");
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      assertThatThrownBy(() -> JsonReader.read(bytes))
          .as("%s", file)
          .isInstanceOf(JsonException.class);
    }
    assertThat(files).hasSize(188);
  }

  /** RFC 8259 leaves these open: what we do with each, so that a change is seen. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "number_double_huge_neg_exp | WRITTEN",
        "number_huge_exp | REFUSED",
        "number_neg_int_huge_exp | NOT_CANONICAL",
        "number_pos_double_huge_exp | NOT_CANONICAL",
        "number_real_neg_overflow | NOT_CANONICAL",
        "number_real_pos_overflow | NOT_CANONICAL",
        "number_real_underflow | WRITTEN",
        "number_too_big_neg_int | WRITTEN",
        "number_too_big_pos_int | WRITTEN",
        "number_very_big_negative_int | WRITTEN",
        "object_key_lone_2nd_surrogate | REFUSED",
        "string_1st_surrogate_but_2nd_missing | NOT_CANONICAL",
        "string_1st_valid_surrogate_2nd_invalid | NOT_CANONICAL",
        "string_UTF-16LE_with_BOM | REFUSED",
        "string_UTF-8_invalid_sequence | REFUSED",
        "string_UTF8_surrogate_U+D800 | REFUSED",
        "string_incomplete_surrogate_and_escape_valid | NOT_CANONICAL",
        "string_incomplete_surrogate_pair | NOT_CANONICAL",
        "string_incomplete_surrogates_escape_valid | NOT_CANONICAL",
        "string_invalid_lonely_surrogate | NOT_CANONICAL",
        "string_invalid_surrogate | NOT_CANONICAL",
        "string_invalid_utf-8 | REFUSED",
        "string_inverted_surrogates_U+1D11E | NOT_CANONICAL",
        "string_iso_latin_1 | REFUSED",
        "string_lone_second_surrogate | NOT_CANONICAL",
        "string_lone_utf8_continuation_byte | REFUSED",
        "string_not_in_unicode_range | REFUSED",
        "string_overlong_sequence_2_bytes | REFUSED",
        "string_overlong_sequence_6_bytes | REFUSED",
        "string_overlong_sequence_6_bytes_null | REFUSED",
        "string_truncated-utf-8 | REFUSED",
        "string_utf16BE_no_BOM | REFUSED",
        "string_utf16LE_no_BOM | REFUSED",
        "structure_500_nested_arrays | REFUSED",
        "structure_UTF-8_BOM_empty_object | REFUSED"
      })
  void whatIsLeftOpenHasOneAnswerEach(String name, Treatment expected) throws IOException {
    assertThat(treatment(at("jsontestsuite/test_parsing/i_" + name + ".json"))).isEqualTo(expected);
  }

  @Test
  void theTableOfWhatIsLeftOpenIsWhole() throws IOException {
    assertThat(named("i_")).hasSize(35);
  }

  /** What readers are known to change in silence: one value, or a refusal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "number_-9223372036854775808 | [-9223372036854776000]",
        "number_-9223372036854775809 | [-9223372036854776000]",
        "number_1.0 | [1]",
        "number_1.000000000000000005 | [1]",
        "number_1000000000000000 | [1000000000000000]",
        "number_10000000000000000999 | [10000000000000000000]",
        "number_1e-999 | [0]",
        "number_1e6 | [1000000]",
        "number_9223372036854775807 | [9223372036854776000]",
        "number_9223372036854775808 | [9223372036854776000]",
        "object_key_nfc_nfd | {\"e\u0301\":\"NFD\",\"\u00e9\":\"NFC\"}",
        "object_key_nfd_nfc | {\"e\u0301\":\"NFD\",\"\u00e9\":\"NFC\"}",
        "object_same_key_different_values | REFUSED",
        "object_same_key_same_value | REFUSED",
        "object_same_key_unclear_values | REFUSED",
        "string_1_escaped_invalid_codepoint | NOT_CANONICAL",
        "string_1_invalid_codepoint | REFUSED",
        "string_2_escaped_invalid_codepoints | NOT_CANONICAL",
        "string_2_invalid_codepoints | REFUSED",
        "string_3_escaped_invalid_codepoints | NOT_CANONICAL",
        "string_3_invalid_codepoints | REFUSED",
        "string_with_escaped_NULL | [\"A\\u0000B\"]"
      })
  void whatOthersTransformHasOneCanonicalFormOrNone(String name, String expected)
      throws IOException, JsonException {
    Path file = at("jsontestsuite/test_transform/" + name + ".json");
    Treatment treatment = treatment(file);
    assertThat(
            treatment == Treatment.WRITTEN
                ? CanonicalJson.text(JsonReader.read(Files.readAllBytes(file)))
                : treatment.name())
        .isEqualTo(expected);
  }

  /** What becomes of a document that is read and written again. */
  enum Treatment {
    REFUSED,
    /** Read, but RFC 8785 has no form for it. */
    NOT_CANONICAL,
    WRITTEN
  }

  private static Treatment treatment(Path file) throws IOException {
    try {
      Json value = JsonReader.read(Files.readAllBytes(file));
      byte[] canonical = CanonicalJson.bytes(value);
      assertThat(CanonicalJson.bytes(JsonReader.read(canonical))).isEqualTo(canonical);
      return Treatment.WRITTEN;
    } catch (JsonException refused) {
      assertThat(refused).as("%s", file).hasMessageNotContaining("\n");
      return Treatment.REFUSED;
    } catch (IllegalArgumentException noCanonicalForm) {
      return Treatment.NOT_CANONICAL;
    }
  }

  private static List<Path> named(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(at("jsontestsuite/test_parsing"))) {
      return files
          .filter(file -> file.getFileName().toString().toLowerCase(Locale.ROOT).startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  private static Path at(String path) {
    Path found = FOLDER.resolve(path);
    assumeTrue(Files.exists(found), () -> "no vectors at " + found);
    return found;
  }
}
