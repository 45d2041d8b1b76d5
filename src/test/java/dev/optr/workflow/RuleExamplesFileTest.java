package dev.optr.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class RuleExamplesFileTest {
  @Test
  void theExamplesOfThePageAreAFileThatIsTaken() throws IOException {
    String page = Files.readString(Path.of("docs/workflow-file.md"), UTF_8);
    String behind = page.substring(page.indexOf("Ten examples:"));
    int begin = behind.indexOf("```yaml\n") + "```yaml\n".length();
    String file =
        "agents: [{name: a, type: openai-codex}]\n"
            + behind.substring(begin, behind.indexOf("```", begin));

    Workflow workflow = WorkflowFile.parse("w.yaml", Bytes.utf8(file));

    assertThat(workflow.constraints()).hasSize(10);
    assertThat(Supported.check(workflow, "w.yaml")).isEmpty();
  }
}
