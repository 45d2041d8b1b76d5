package dev.optr.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No recorded shape of an answer has a member that its provider does not know, or lacks one. */
final class ProviderFixturesTest {
  private static final Path PROVIDERS = Path.of("test-fixtures", "providers");

  @BeforeEach
  void schemasAreThere() {
    VendorSchemas.assumePresent();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("fixtures")
  void isWhatTheProviderAnswers(String operation, Path fixture) throws IOException, JsonException {
    String body = Files.readString(fixture);
    // Of both providers, an answer has an id at the top and a failure has none.
    boolean failed = JsonReader.readObject(Files.readAllBytes(fixture)).get("id") == null;

    assertThat(VendorSchemas.checkAnswer(operation, failed ? 400 : 200, body)).isEmpty();
  }

  static Stream<Arguments> fixtures() throws IOException {
    return Stream.of(
            of("openai", 20, "POST /responses"),
            of("anthropic", 20, "POST /v1/messages"),
            of("compatible", 20, "POST /chat/completions"),
            of("copilot", 4, "GET /agents/repos/{owner}/{repo}/tasks/{task_id}"))
        .flatMap(Function.identity());
  }

  private static Stream<Arguments> of(String provider, int least, String operation)
      throws IOException {
    try (Stream<Path> files = Files.list(PROVIDERS.resolve(provider))) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
      assertThat(found).hasSizeGreaterThanOrEqualTo(least);
      return found.stream().map(fixture -> Arguments.of(operation, fixture));
    }
  }
}
