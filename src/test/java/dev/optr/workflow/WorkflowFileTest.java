package dev.optr.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WorkflowFileTest {
  private static final Path GOOD = Path.of("src/test/resources/workflow/good");

  @Test
  void fillsInEveryDefaultOfTheShortForm() throws IOException {
    Bytes source = Bytes.of(Files.readAllBytes(GOOD.resolve("short.yaml")));

    Workflow workflow = WorkflowFile.parse("workflow-optr.yaml", source);

    assertThat(workflow)
        .isEqualTo(
            new Workflow(
                "optr",
                null,
                Workflow.Execution.PARALLEL,
                new Workflow.Serial(
                    Workflow.Serial.Stop.FIRST_ADMISSIBLE,
                    Workflow.Serial.Order.CONFIGURED,
                    Workflow.Serial.Share.NONE),
                1,
                new Workflow.Trigger(Workflow.Trigger.Push.FIRST, "optr", 6),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                workflow.agents(),
                Workflow.Budget.NONE,
                Map.of(),
                Workflow.Review.PEER,
                new Workflow.Optr(
                    "select_optr",
                    List.of(),
                    new Workflow.Weights(
                        new BigDecimal("0.1"), new BigDecimal("0.2"), new BigDecimal("0.05")),
                    new Workflow.Bounds(null, null, null)),
                new Workflow.LedgerSettings(
                    true,
                    Workflow.LedgerSettings.Layout.PER_PR,
                    Workflow.LedgerSettings.Log.OFF,
                    null),
                List.of(),
                Workflow.Report.NONE,
                false,
                List.of(),
                Workflow.Gate.ADMISSIBLE,
                Workflow.Execute.ON_COMMAND,
                Workflow.Anchor.PULL_REQUEST,
                Workflow.Drafts.SKIP,
                Workflow.Transcripts.COMMIT,
                true,
                source,
                source.sha256()));
    assertThat(workflow.agents())
        .extracting(AgentSpec::name)
        .containsExactly("codex", "claude", "copilot", "mscopilot");
    assertThat(workflow.agents())
        .allSatisfy(
            spec -> {
              assertThat(spec.role()).isEqualTo(AgentSpec.Role.PROPOSE);
              assertThat(spec.timeout()).isEqualTo(Duration.ofMinutes(10));
              assertThat(spec.turns()).isEqualTo(30);
              assertThat(spec.digest()).matches("[0-9a-f]{64}");
            });
  }

  @Test
  void supportsTheShortForm() throws IOException {
    Bytes source = Bytes.of(Files.readAllBytes(GOOD.resolve("short.yaml")));

    assertThat(Supported.check(WorkflowFile.parse("w.yaml", source), "w.yaml")).isEmpty();
  }

  @Test
  void readsEveryOptionalKey() throws IOException {
    Bytes source = Bytes.of(Files.readAllBytes(GOOD.resolve("long.yaml")));

    Workflow workflow = WorkflowFile.parse("workflow-optr.yaml", source);

    assertThat(workflow.constraints())
        .containsExactly(
            new Constraint.Prose("c1", "Keep the public API as it is", false),
            new Constraint.Prose("tone", "Messages stay polite", true),
            new Constraint.Rule("small", "candidate.changedLines <= 400", false));
  }
}
