package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Schemas;
import dev.optr.testing.TempRepo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shortest workflow file there is, on a machine that has no key at all. */
final class ShortWorkflowIT {
  private static final String FILE =
      """
      agents:
        - name: codex
          type: openai-codex
        - name: claude
          type: anthropic-claude
        - name: copilot
          type: github-copilot
        - name: mscopilot
          type: ms-copilot-stride
      optr: select_optr
      ledger: enabled
      auditable: true
      """;

  private static final Map<String, String> VARIABLES =
      Map.of(
          "codex", "OPENAI_API_KEY",
          "claude", "ANTHROPIC_API_KEY",
          "copilot", "COPILOT_GITHUB_TOKEN",
          "mscopilot", "DIRECT_LINE_SECRET");

  private static final Map<String, String> INPUTS =
      Map.of(
          "codex", "openai-api-key",
          "claude", "anthropic-api-key",
          "copilot", "copilot-token",
          "mscopilot", "direct-line-secret");

  @TempDir Path directory;

  @Test
  void recordsThatNobodyCouldBeAskedAndWhatToSet() throws IOException {
    try (TempRepo repository = TempRepo.create(directory)) {
      repository.commit("Start", Map.of("workflow-optr.yaml", FILE, "a.txt", "one\n"));
      String frozen = repository.head();

      ProgramProcess.Result run = optr("run", "--intent", "Make a.txt say more", "--json");

      assertThat(run.exit()).as(run.log()).isEqualTo(3);
      Schemas.assertValid("run-result", run.out());
      JsonObject document = Invocation.document(run.out());
      assertThat(document.text("outcome")).isEqualTo("quorum_missed");
      assertThat(Invocation.objects(document, "lanes"))
          .hasSize(4)
          .allSatisfy(
              lane -> {
                assertThat(lane.text("outcome")).isEqualTo("failed");
                assertThat(lane.text("code")).isEqualTo("UNAVAILABLE");
              });
      assertThat(document.text("anchor")).isEqualTo(repository.head()).isNotEqualTo(frozen);
      VARIABLES.forEach(this::assertNamesWhatToSet);
      assertThat(Files.readString(directory.resolve("datalake/workflows/optr/workflow-optr.yaml")))
          .isEqualTo(FILE);
      assertThat(repository.uncommitted()).isEmpty();
    }
    ProgramProcess.Result verified = optr("verify", "--json");
    assertThat(verified.exit()).as(verified.log()).isZero();
    JsonObject verification = Invocation.document(verified.out());
    assertThat(verification.text("result")).isEqualTo("ok");
    assertThat(verification.integer("entries")).isEqualTo(2);
  }

  private void assertNamesWhatToSet(String agent, String variable) {
    Path file = directory.resolve("datalake/workflows/optr/agent-outputs/" + agent + ".json");
    assertThat(file)
        .content()
        .contains("variable '" + variable + "'")
        .contains("input '" + INPUTS.get(agent) + "'");
  }

  @Test
  void saysTheSameToPeople() {
    try (TempRepo repository = TempRepo.create(directory)) {
      repository.commit("Start", Map.of("workflow-optr.yaml", FILE));

      ProgramProcess.Result run = optr("run", "--intent", "Make a.txt say more");

      assertThat(run.exit()).as(run.log()).isEqualTo(3);
      assertThat(run.out()).contains("0 of 4 agents answered, the quorum is 1");
      VARIABLES.values().forEach(variable -> assertThat(run.out()).contains(variable));
    }
  }

  private ProgramProcess.Result optr(String... arguments) {
    return ProgramProcess.run(directory, Map.of("PATH", System.getenv("PATH")), arguments);
  }
}
