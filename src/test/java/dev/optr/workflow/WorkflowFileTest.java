package dev.optr.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

  @Test
  void readsTheLongFormsValues() throws IOException {
    Workflow workflow =
        WorkflowFile.parse("long.yaml", Bytes.of(Files.readAllBytes(GOOD.resolve("long.yaml"))));
    AgentSpec codex = workflow.agents().getFirst();

    assertThat(workflow.invariants())
        .containsExactly(
            new Invariant(
                "tests",
                "mvn -q verify",
                Duration.ofMinutes(10),
                Invariant.Must.HOLD,
                "target/surefire-reports/*.xml",
                0,
                List.of(),
                List.of("JAVA_HOME"),
                List.of()));
    assertThat(workflow.exclude()).containsExactly("secrets/**", "**/*.pem");
    assertThat(workflow.isolation()).isEqualTo(Workflow.Isolation.REQUIRED);
    assertThat(workflow.budget()).isEqualTo(new Workflow.Budget(new BigDecimal("6.00"), null));
    assertThat(workflow.prices())
        .containsExactly(
            Map.entry(
                "some-model",
                new Workflow.Price(
                    new BigDecimal("2.0"), new BigDecimal("10.0"), new BigDecimal("0.2"))));
    assertThat(codex.credential()).isEqualTo("NAME");
    assertThat(codex.oidc()).containsExactly(Map.entry("audience", "https://example.com"));
    assertThat(codex.exclude()).containsExactly("docs/**");
    assertThat(codex.budget()).isEqualTo(new Workflow.Budget(new BigDecimal("2.00"), 400_000L));
    assertThat(workflow.agents().get(4).command()).containsExactly("./agent.sh", "--fast");
    assertThat(workflow.agents().get(5).file()).isEqualTo("recordings/replayed.json");
  }

  @Test
  void numbersProseWithoutIdByItsPosition() {
    assertThat(
            parse("constraints: [a, {id: x, prose: b}, {prose: c}]\n").constraints().stream()
                .map(Constraint::id))
        .containsExactly("c1", "x", "c3");
  }

  @Test
  void digestsALanesOwnConfigurationAlone() {
    String before = parse("").agents().getFirst().digest();

    assertThat(parse("optr: select_optr\ngate: executed\n").agents().getFirst().digest())
        .isEqualTo(before);
    assertThat(parse("    turns: 31\n").agents().getFirst().digest()).isNotEqualTo(before);
    assertThat(parse("    turns: 30\n").agents().getFirst().digest()).isEqualTo(before);
  }

  @Test
  void digestsARecordingWithItsLane() {
    AgentSpec lane = parse("").agents().getFirst();

    assertThat(lane.withRecording(Bytes.utf8("a")).digest())
        .isEqualTo(lane.withRecording(Bytes.utf8("a")).digest())
        .isNotEqualTo(lane.withRecording(Bytes.utf8("b")).digest())
        .isNotEqualTo(lane.digest());
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    String large = "agents: [{name: a, type: openai-codex}]\n" + "#".repeat(128 << 10);

    assertThatThrownBy(() -> WorkflowFile.parse("w.yaml", Bytes.utf8(large)))
        .isInstanceOf(UserException.class)
        .hasMessage("w.yaml:1:1: the file has 131112 bytes, allowed: at most 131072");
  }

  @Test
  void namesAtMostFiveHundredFindings() {
    StringBuilder keys = new StringBuilder();
    IntStream.range(0, 600).forEach(i -> keys.append("key").append(i).append(": 1\n"));

    assertThat(catchThrowableOfType(UserException.class, () -> parse(keys.toString())).messages())
        .hasSize(501)
        .last()
        .isEqualTo("w.yaml: and 100 more findings");
  }

  private static Workflow parse(String more) {
    return WorkflowFile.parse(
        "w.yaml", Bytes.utf8("agents:\n  - name: a\n    type: openai-codex\n" + more));
  }
}
