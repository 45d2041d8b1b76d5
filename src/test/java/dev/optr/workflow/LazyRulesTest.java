package dev.optr.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A file without a rule costs nothing of CEL: the JVM loads no class of it, nor of protobuf. */
final class LazyRulesTest {
  private static final String LIBRARY = " dev.cel.";

  @Test
  void loadsNothingOfCelWithoutARule() throws Exception {
    assertThat(loadedFor("Keep the API"))
        .contains(" dev.optr.workflow.WorkflowFile ")
        .doesNotContain(LIBRARY, " com.google.protobuf.", " com.google.common.");
  }

  @Test
  void loadsItForARule() throws Exception {
    assertThat(loadedFor("{id: small, rule: candidate.changedLines < 400}")).contains(LIBRARY);
  }

  /** Started by the tests in a JVM of its own. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] constraint) {
      WorkflowFile.parse(
          "w.yaml",
          Bytes.utf8(
              "agents: [{name: a, type: openai-codex}]\nconstraints: [" + constraint[0] + "]\n"));
    }
  }

  private static String loadedFor(String constraint) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName(),
                constraint)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
