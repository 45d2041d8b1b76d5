package dev.optr.testing;

import dev.optr.base.Bytes;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Invariant;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workflow file's values with the defaults of docs/workflow-file.md, and what a test changes in
 * them.
 */
public record SamplePolicy(
    int quorum,
    List<Constraint> constraints,
    List<Invariant> invariants,
    List<String> protectedPaths,
    List<String> scope,
    Workflow.Weights weights,
    Workflow.Bounds bounds) {

  public static SamplePolicy defaults() {
    return new SamplePolicy(
        1,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new Workflow.Weights(new BigDecimal("0.1"), new BigDecimal("0.2"), new BigDecimal("0.05")),
        new Workflow.Bounds(null, null, null));
  }

  public SamplePolicy withQuorum(int lanes) {
    return new SamplePolicy(lanes, constraints, invariants, protectedPaths, scope, weights, bounds);
  }

  public SamplePolicy withConstraints(Constraint... given) {
    return new SamplePolicy(
        quorum, List.of(given), invariants, protectedPaths, scope, weights, bounds);
  }

  public SamplePolicy withInvariants(Invariant... given) {
    return new SamplePolicy(
        quorum, constraints, List.of(given), protectedPaths, scope, weights, bounds);
  }

  public SamplePolicy withProtected(String... entries) {
    return new SamplePolicy(
        quorum, constraints, invariants, List.of(entries), scope, weights, bounds);
  }

  public SamplePolicy withScope(String... globs) {
    return new SamplePolicy(
        quorum, constraints, invariants, protectedPaths, List.of(globs), weights, bounds);
  }

  public SamplePolicy withBounds(Workflow.Bounds given) {
    return new SamplePolicy(quorum, constraints, invariants, protectedPaths, scope, weights, given);
  }

  /** A command with the defaults. */
  public static Invariant command(String id, String run, Duration timeout, String... env) {
    return new Invariant(
        id, run, timeout, Invariant.Must.HOLD, null, 0, List.of(), List.of(env), List.of());
  }

  /** A lane of type {@code recorded}. */
  public static AgentSpec lane(String name, @Nullable BigDecimal budgetUsd) {
    return new AgentSpec(
        name,
        AgentType.RECORDED,
        null,
        null,
        null,
        null,
        AgentSpec.Role.PROPOSE,
        null,
        null,
        Map.of(),
        false,
        Duration.ofMinutes(10),
        30,
        new Workflow.Budget(budgetUsd, null),
        List.of(),
        name + ".json",
        List.of(),
        "0".repeat(64));
  }

  public Workflow workflow() {
    return new Workflow(
        "optr",
        null,
        Workflow.Execution.PARALLEL,
        new Workflow.Serial(
            Workflow.Serial.Stop.FIRST_ADMISSIBLE,
            Workflow.Serial.Order.CONFIGURED,
            Workflow.Serial.Share.NONE),
        quorum,
        new Workflow.Trigger(Workflow.Trigger.Push.FIRST, "optr", 6),
        constraints,
        invariants,
        protectedPaths,
        List.of(),
        scope,
        null,
        List.of(lane("codex", null)),
        Workflow.Budget.NONE,
        Map.of(),
        Workflow.Review.PEER,
        new Workflow.Optr("select_optr", List.of(), weights, bounds),
        new Workflow.LedgerSettings(
            true, Workflow.LedgerSettings.Layout.PER_PR, Workflow.LedgerSettings.Log.OFF, null),
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
        Bytes.utf8("optr: select_optr\n"),
        "0".repeat(64));
  }
}
