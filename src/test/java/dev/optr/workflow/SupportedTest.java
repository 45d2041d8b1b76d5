package dev.optr.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code good/x.yaml} parses and is refused with exactly the messages of {@code good/x.txt};
 * where there is no such file, it is supported. With {@code -Dgolden.update} they are written.
 */
final class SupportedTest {
  static Stream<Path> good() throws IOException {
    return WorkflowSamples.good();
  }

  @ParameterizedTest
  @MethodSource("good")
  void refusesByNameWhatItCannotHonour(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    Path expected = file.resolveSibling(name.replace(".yaml", ".txt"));
    Workflow workflow = WorkflowFile.parse(name, Bytes.of(Files.readAllBytes(file)));

    List<String> refused = Supported.check(workflow, name);

    if (System.getProperties().containsKey("golden.update") && !refused.isEmpty()) {
      Files.write(expected, refused);
    }
    assertThat(refused)
        .isEqualTo(Files.exists(expected) ? Files.readAllLines(expected, UTF_8) : List.of());
  }

  @Test
  void suggestsTheSelectorThatIsThere() {
    String source = "agents: [{name: a, type: openai-codex}]\noptr: select_opt\n";

    List<String> refused =
        Supported.check(WorkflowFile.parse("w.yaml", Bytes.utf8(source)), "w.yaml");

    assertThat(refused)
        .containsExactly(
            "w.yaml:2:7: 'optr' names the selector 'select_opt', there is 'select_optr', did you"
                + " mean 'select_optr'?");
  }
}
