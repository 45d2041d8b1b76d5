package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every workflow file that cannot be honoured, given to the whole program: exit code 2, all its
 * findings on standard error and nothing else, and nobody asked.
 */
final class WorkflowTableTest {
  private static final Path SAMPLES = Path.of("src", "test", "resources", "workflow");

  @TempDir static Path directory;

  @SuppressWarnings("NullAway.Init") // made before all tests
  private static TempRepo repository;

  @BeforeAll
  static void makeARepository() {
    repository = TempRepo.create(directory.resolve("repository"));
    repository.commit("Start", Map.of("a.txt", "one\n"));
  }

  @AfterAll
  static void close() {
    repository.close();
  }

  static Stream<Path> refused() throws IOException {
    return Stream.concat(messages("bad"), messages("good"));
  }

  /** Files of messages; a good file has one where this version cannot honour it as a whole. */
  private static Stream<Path> messages(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedWithItsMessages(Path messages) throws IOException {
    String name = String.valueOf(messages.getFileName()).replace(".txt", ".yaml");
    Path file = Files.copy(messages.resolveSibling(name), directory.resolve(name));
    String head = repository.head();

    Invocation run =
        Invocation.of(
            repository.directory(),
            Map.of(),
            "run",
            "--workflow",
            file.toString(),
            "--intent",
            "Say more",
            "--json");

    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.messages()).isEqualTo(expected(messages, file));
    assertThat(run.document().text("outcome")).isEqualTo("failed");
    assertThat(repository.head()).isEqualTo(head);
    assertThat(repository.uncommitted()).isEmpty();
    assertThat(repository.directory().resolve(".git/optr/runs")).doesNotExist();
  }

  /** In messages of the program the file is named as it was given. */
  private static List<String> expected(Path messages, Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    return Files.readAllLines(messages, UTF_8).stream()
        .map(line -> line.startsWith(name) ? file + line.substring(name.length()) : line)
        .map(line -> "optr: " + line)
        .toList();
  }
}
