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

  @Test
  void whatIsLeftOpenIsReadOrRefusedButNeverBreaksTheReader() throws IOException {
    for (Path file : named("i_")) {
      try {
        assertThat(JsonReader.read(Files.readAllBytes(file))).as("%s", file).isNotNull();
      } catch (JsonException refused) {
        assertThat(refused).as("%s", file).hasMessageNotContaining("\n");
      }
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
