package dev.optr.testing;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Proposal;
import dev.optr.agents.Usage;
import dev.optr.base.Bytes;
import dev.optr.base.Digest;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.WhyNot;
import dev.optr.git.Change;
import dev.optr.git.Edit;
import dev.optr.git.TreeDiff;
import dev.optr.intent.Intent;
import dev.optr.intent.IntentSource;
import dev.optr.selection.Ranked;
import dev.optr.selection.Score;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small valid values of the types between the steps; every call gives the same. */
public final class Samples {
  public static final String COMMIT = "3f9c2ab04f5c7a1d2e3b4c5d6e7f8091a2b3c4d5";
  public static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
  public static final String CONSTRAINT = "small";

  private Samples() {}

  /** An id as git writes them, made from any text. */
  public static String objectId(String seed) {
    return Digest.sha256(Bytes.utf8(seed).toArray()).substring(0, 40);
  }

  public static AgentSpec agent(String name, AgentType type) {
    return new AgentSpec(
        name,
        type,
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
        Workflow.Budget.NONE,
        List.of(),
        null,
        List.of(),
        Digest.sha256(Bytes.utf8(name).toArray()));
  }

  public static Workflow workflow(Workflow.Transcripts transcripts) {
    Bytes source = Bytes.utf8("agents:\r\n  - name: claude\n    type: anthropic-claude\n");
    BigDecimal tenth = new BigDecimal("0.1");
    return new Workflow(
        "login-fix",
        null,
        Workflow.Execution.PARALLEL,
        new Workflow.Serial(
            Workflow.Serial.Stop.FIRST_ADMISSIBLE,
            Workflow.Serial.Order.CONFIGURED,
            Workflow.Serial.Share.NONE),
        1,
        new Workflow.Trigger(Workflow.Trigger.Push.FIRST, "optr", 6),
        constraints(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(agent("claude", AgentType.ANTHROPIC_CLAUDE)),
        Workflow.Budget.NONE,
        Map.of(),
        Workflow.Review.PEER,
        new Workflow.Optr(
            "select_optr",
            List.of(),
            new Workflow.Weights(tenth, new BigDecimal("0.2"), new BigDecimal("0.05")),
            new Workflow.Bounds(null, new BigDecimal("5.00"), null)),
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
        transcripts,
        true,
        source,
        source.sha256());
  }

  public static Intent intent() {
    String digest = Digest.sha256(Bytes.utf8("input").toArray());
    String policy = workflow(Workflow.Transcripts.COMMIT).policyDigest();
    return new Intent(
        "Make login survive an expired cookie",
        new IntentSource.PullRequest(7, "octocat"),
        new Intent.Stripped(0, 0, 0, 0),
        constraints(),
        List.of(),
        COMMIT,
        objectId("frozen tree"),
        objectId("base"),
        policy,
        digest,
        Json.object().put("v", 1).put("digest", digest).build());
  }

  private static List<Constraint> constraints() {
    return List.of(new Constraint.Rule(CONSTRAINT, "candidate.changedLines <= 400", false));
  }

  public static Exchange exchange(@Nullable String usd) {
    return new Exchange(
        "some-model",
        new Usage(1200L, 340L, 1000L, null, null, usd == null ? null : new BigDecimal(usd), 3, 1),
        List.of("req_1"),
        STARTED,
        41_000,
        false,
        List.of(message("user", "the frozen input"), message("assistant", "submit_path")));
  }

  public static JsonObject message(String role, String text) {
    return Json.object().put("role", role).put("text", text).build();
  }

  public static Proposal proposal(String summary, String rationale) {
    return new Proposal(
        summary,
        rationale,
        900L,
        List.of("tests pass"),
        List.of("none known"),
        List.of(new Proposal.ConstraintClaim(CONSTRAINT, true, "a small change")),
        List.of(new Edit.Rewrite("src/login.txt", "second\n", null)));
  }

  /** The one changed file of every sample path; {@code content} makes the tree. */
  public static TreeDiff diff(String content) {
    String patch =
        """
        diff --git a/src/login.txt b/src/login.txt
        index %s..%s 100644
        --- a/src/login.txt
        +++ b/src/login.txt
        @@ -1 +1 @@
        -first
        +%s
        """
            .formatted(objectId("first"), objectId(content), content);
    return new TreeDiff(
        List.of(new TreeDiff.File("src/login.txt", null, 1, 1, 12, false, "100644", "100644")),
        Bytes.utf8(patch));
  }

  public static Candidate proposed(AgentSpec lane, Proposal proposal, String content) {
    return new Candidate(
        lane,
        new Answer.Proposed(proposal, exchange("0.18")),
        objectId("tree of " + content),
        List.of(
            new Change(
                "src/login.txt", null, "100644", objectId(content), "utf-8", content + "\n")),
        List.of(),
        diff(content),
        null);
  }

  public static Candidate without(AgentSpec lane, Answer answer) {
    return new Candidate(lane, answer, null, null, List.of(), null, null);
  }

  public static Check held(String id) {
    return new Check(id, Check.Result.HELD, List.of(), 5, null, null, false);
  }

  public static Check broken(String id, String because) {
    return new Check(
        id,
        Check.Result.BROKEN,
        List.of(because),
        2500,
        new Check.Command(1, false, "1 test failed\n"),
        "mvn -q verify",
        true);
  }

  public static List<Check> allHeld() {
    return List.of(held("patch-applies"), held("paths-allowed"), held(CONSTRAINT), held("tests"));
  }

  public static WhyNot testsBroken(String evidence) {
    return new WhyNot(
        WhyNot.Code.INVARIANT_VIOLATION, "tests", "the command exited with 1", evidence);
  }

  public static Score score(String objective) {
    BigDecimal costs = new BigDecimal("0.018");
    BigDecimal hours = new BigDecimal(objective).subtract(costs);
    return new Score(
        new BigDecimal("0.016667"),
        hours.subtract(new BigDecimal("0.016667")),
        null,
        hours,
        new BigDecimal("0.18"),
        costs,
        null,
        null,
        new BigDecimal(objective),
        hours.multiply(BigDecimal.valueOf(3600)).setScale(0, RoundingMode.HALF_EVEN).longValue());
  }

  public static Ranked admissible(Candidate candidate, int rank, String objective) {
    return new Ranked(new Examined(candidate, allHeld(), List.of()), rank, score(objective));
  }

  public static Ranked denied(Candidate candidate, String evidence) {
    List<Check> checks =
        List.of(
            held("patch-applies"),
            held("paths-allowed"),
            held(CONSTRAINT),
            broken("tests", "the command exited with 1"));
    return new Ranked(new Examined(candidate, checks, List.of(testsBroken(evidence))), null, null);
  }

  /** A lane that proposed nothing. */
  public static Ranked silent(AgentSpec lane, Answer answer) {
    return new Ranked(new Examined(without(lane, answer), List.of(), List.of()), null, null);
  }

  public static Ranked failed(AgentSpec lane, FailureCode code, String message) {
    Exchange exchange = new Exchange(null, Usage.NONE, List.of(), STARTED, 0, false, List.of());
    return silent(lane, new Answer.Failed(code, message, exchange));
  }

  public static HeadExamined head() {
    return new HeadExamined(
        List.of(held(CONSTRAINT), broken("tests", "the command exited with 1")),
        List.of(testsBroken("1 test failed")));
  }
}
