package dev.optr.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code bad/x.yaml} gives exactly the messages of {@code bad/x.txt}. With {@code
 * -Dgolden.update} they are written instead.
 */
final class WorkflowFileBadTest {
  static Stream<Path> bad() throws IOException {
    return WorkflowSamples.bad();
  }

  @ParameterizedTest
  @MethodSource("bad")
  void namesEveryFindingWithItsPlace(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    Path expected = file.resolveSibling(name.replace(".yaml", ".txt"));
    Bytes source = Bytes.of(Files.readAllBytes(file));

    UserException refused =
        catchThrowableOfType(UserException.class, () -> WorkflowFile.parse(name, source));

    assertThat(refused).isNotNull();
    if (System.getProperties().containsKey("golden.update")) {
      Files.write(expected, refused.messages());
    }
    assertThat(refused.messages()).isEqualTo(lines(expected));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, UTF_8);
  }
}
