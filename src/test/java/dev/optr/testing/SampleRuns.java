package dev.optr.testing;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.base.Json;
import dev.optr.datalake.DataLakePaths;
import dev.optr.record.DecidedBy;
import dev.optr.record.RunFacts;
import dev.optr.selection.Ranked;
import dev.optr.selection.Selection;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.stream.IntStream;

/** Whole decisions, one per case that people will see. */
public final class SampleRuns {
  private static final AgentSpec CLAUDE = Samples.agent("claude", AgentType.ANTHROPIC_CLAUDE);
  private static final AgentSpec CODEX = Samples.agent("codex", AgentType.OPENAI_CODEX);
  private static final AgentSpec COPILOT = Samples.agent("copilot", AgentType.GITHUB_COPILOT);
  private static final AgentSpec MSCOPILOT =
      Samples.agent("mscopilot", AgentType.MS_COPILOT_STRIDE);

  private SampleRuns() {}

  public static RunFacts facts(Selection selection) {
    return facts(selection, Workflow.Transcripts.COMMIT);
  }

  public static RunFacts facts(Selection selection, Workflow.Transcripts transcripts) {
    return new RunFacts(
        Samples.workflow(transcripts),
        DataLakePaths.ofPullRequest("login-fix", 7),
        Samples.intent(),
        Samples.head(),
        selection,
        new DecidedBy("select_optr", "1", Json.object().put("decimals", 6).build()),
        List.of("b".repeat(64), "a".repeat(64)));
  }

  /** Two admissible paths, a denied one and a lane that failed. */
  public static Selection selected() {
    return selected("Renew the cookie", "It expires while people work.", "renewed");
  }

  /** As {@link #selected()}, with every agent saying these texts, wherever it can. */
  public static Selection selected(String summary, String rationale, String content) {
    Ranked claude =
        Samples.admissible(
            Samples.proposed(CLAUDE, Samples.proposal(summary, rationale), content), 1, "0.251333");
    Ranked codex =
        Samples.admissible(
            Samples.proposed(CODEX, Samples.proposal(summary, rationale), "rewritten"),
            2,
            "0.371333");
    Ranked copilot =
        Samples.denied(
            Samples.proposed(COPILOT, Samples.proposal(summary, rationale), "guessed"), summary);
    Ranked mscopilot = Samples.failed(MSCOPILOT, FailureCode.RATE_LIMIT, rationale);
    return new Selection.Selected(claude, List.of(claude, codex, copilot, mscopilot));
  }

  /** As many admissible paths as a workflow can have lanes. */
  public static Selection manyLanes(String summary) {
    List<Ranked> lanes =
        IntStream.rangeClosed(1, 64)
            .mapToObj(
                rank ->
                    Samples.admissible(
                        Samples.proposed(
                            Samples.agent("a".repeat(29) + rank, AgentType.COMMAND),
                            Samples.proposal(summary, summary),
                            "content " + rank),
                        rank,
                        "0." + (100 + rank)))
            .toList();
    return new Selection.Selected(lanes.getFirst(), lanes);
  }

  public static Selection oneTree() {
    Ranked claude = oneTree(CLAUDE);
    return new Selection.Selected(claude, List.of(claude, oneTree(CODEX)));
  }

  private static Ranked oneTree(AgentSpec lane) {
    return Samples.admissible(
        Samples.proposed(lane, Samples.proposal("Renew the cookie", ""), "renewed"), 1, "0.251333");
  }

  public static Selection noneAdmissible() {
    Ranked claude =
        Samples.denied(
            Samples.proposed(CLAUDE, Samples.proposal("Renew the cookie", ""), "renewed"),
            "1 test failed");
    Ranked codex =
        Samples.silent(CODEX, new Answer.Declined("the cookie is fine", Samples.exchange(null)));
    return new Selection.NoneAdmissible(List.of(claude, codex));
  }

  /** One path, and an agent that says that nothing should be done. */
  public static Selection oneDeclined() {
    Ranked claude = oneTree(CLAUDE);
    return new Selection.Selected(claude, List.of(claude, declined(CODEX)));
  }

  public static Selection allDeclined() {
    return new Selection.NoneAdmissible(List.of(declined(CLAUDE), declined(CODEX)));
  }

  private static Ranked declined(AgentSpec lane) {
    return Samples.silent(
        lane, new Answer.Declined("the cookie is fine", Samples.exchange("0.02")));
  }

  public static Selection quorumMissed() {
    Ranked claude = new Ranked(oneTree(CLAUDE).examined(), null, Samples.score("0.251333"));
    Ranked codex = Samples.failed(CODEX, FailureCode.TIMEOUT, "no answer within 600 s");
    Ranked copilot = Samples.failed(COPILOT, FailureCode.AUTH, "401 from the provider");
    return new Selection.QuorumMissed(1, 2, List.of(claude, codex, copilot));
  }

  public static Selection allUnavailable() {
    return new Selection.QuorumMissed(
        0,
        1,
        List.of(
            unavailable(CLAUDE, "anthropic-api-key"),
            unavailable(CODEX, "openai-api-key"),
            unavailable(COPILOT, "copilot-token"),
            unavailable(MSCOPILOT, "microsoft-token")));
  }

  private static Ranked unavailable(AgentSpec lane, String input) {
    return Samples.failed(
        lane, FailureCode.UNAVAILABLE, "no credential; set the input '" + input + "'");
  }
}
