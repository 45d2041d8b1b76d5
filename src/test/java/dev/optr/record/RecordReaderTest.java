package dev.optr.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Proposal;
import dev.optr.agents.Usage;
import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.JobRun;
import dev.optr.evidence.WhyNot;
import dev.optr.git.Edit;
import dev.optr.selection.Ranked;
import dev.optr.selection.SelectOptr;
import dev.optr.selection.Selection;
import dev.optr.testing.SampleRuns;
import dev.optr.testing.Samples;
import dev.optr.testing.Schemas;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written is read as what it was, and written again with the same bytes. */
final class RecordReaderTest {
  private static final AgentSpec CLAUDE = Samples.agent("claude", AgentType.ANTHROPIC_CLAUDE);
  private static final AgentSpec CODEX = Samples.agent("codex", AgentType.OPENAI_CODEX);
  private static final String HOSTILE =
      "</details> ``` \u202Eevil\u202C \u001b[31m \u2028 \\ \" \r\n \0 lone\uD800 "
          + RecordReaderLake.KEY;

  @TempDir Path directory;
  private RecordReaderLake lake;

  @BeforeEach
  void open() {
    lake = new RecordReaderLake(directory);
  }

  @AfterEach
  void close() {
    lake.close();
  }

  static Stream<Selection> samples() {
    return Stream.of(
        SampleRuns.selected(),
        SampleRuns.selected(HOSTILE, HOSTILE, "renewed"),
        SampleRuns.selected("", "", "no final line \u202E \uD83D\uDE00\r\n\0"),
        SampleRuns.oneTree(),
        SampleRuns.noneAdmissible(),
        SampleRuns.quorumMissed(),
        SampleRuns.allUnavailable());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesTheSameBytesAgain(Selection sample) {
    for (Workflow.Transcripts transcripts : Workflow.Transcripts.values()) {
      assertRoundTrip(lake.facts(sample, transcripts));
    }
  }

  @Test
  void readsBackWhatWasExamined() {
    RunFacts facts = lake.facts(SampleRuns.selected());

    RecordedRun run = lake.reread(facts);

    assertThat(run.outcome()).isEqualTo("selected");
    assertThat(run.selected()).isEqualTo("claude");
    assertThat(run.head()).isEqualTo(facts.head());
    assertThat(run.intent()).isEqualTo(facts.intent());
    assertThat(run.decidedBy()).isEqualTo(facts.decidedBy());
    assertThat(run.ledgerHeads()).isEqualTo(facts.ledgerHeads());
    assertThat(run.examined())
        .isEqualTo(
            facts.selection().candidates().stream()
                .map(Ranked::examined)
                .map(RecordReaderTest::withoutEdits)
                .toList());
  }

  @Test
  void leavesProseRedacted() {
    RecordedRun run =
        lake.reread(lake.facts(SampleRuns.selected("key " + RecordReaderLake.KEY, "", "renewed")));

    assertThat(run.examined().getFirst().candidate().answer())
        .isInstanceOfSatisfying(
            Answer.Proposed.class,
            proposed -> assertThat(proposed.proposal().summary()).isEqualTo("key ***"));
  }

  @Test
  void selectsAgainWhatWasSelected() {
    RunFacts sample = lake.facts(SampleRuns.selected());
    SelectOptr selector = new SelectOptr();
    List<Examined> examined =
        sample.selection().candidates().stream().map(Ranked::examined).toList();
    RunFacts facts =
        new RunFacts(
            sample.workflow(),
            sample.paths(),
            sample.intent(),
            sample.head(),
            selector.select(sample.workflow(), examined),
            new DecidedBy(selector.name(), selector.version(), selector.parameters()),
            List.of());

    RecordedRun run = lake.reread(facts);

    assertThat(lake.write(run.facts(selector.select(run.workflow(), run.examined()))))
        .isEqualTo(lake.write(facts));
  }

  @Test
  void makesEveryKindOfChangeAgain() {
    assertRoundTrip(
        noneAdmissible(
            denied(
                lake.capture(
                    CLAUDE,
                    new Edit.Rename("src/login.txt", "src/entry.txt"),
                    new Edit.Rewrite("src/entry.txt", "second", true),
                    new Edit.Delete("src/other.txt"),
                    new Edit.Rename("image.bin", "moved/image.bin"),
                    new Edit.Create("\u00fc \uD83D\uDE00.txt", "\r\n\0", false)))));
  }

  @Test
  void keepsTheReasonsOfEditsThatDoNotApply() {
    Candidate rejected = lake.capture(CLAUDE, new Edit.Delete("none.txt"));
    assertThat(rejected.problems()).isNotEmpty();

    assertRoundTrip(noneAdmissible(denied(rejected)));
  }

  @Test
  void readsAProposalThatWasNeverStored() {
    Candidate leaking =
        lake.capture(CLAUDE, new Edit.Create("key.txt", RecordReaderLake.KEY, false));
    Candidate large = lake.capture(CODEX, new Edit.Create("large.txt", "x".repeat(5 << 20), false));
    assertThat(leaking.withheld()).isEqualTo("no-secrets");
    assertThat(large.withheld()).isEqualTo("proposal-size");

    RunFacts facts = noneAdmissible(denied(leaking), denied(large));

    assertRoundTrip(facts);
    assertThat(lake.reread(facts).examined())
        .extracting(examined -> examined.candidate().withheld())
        .containsExactly("no-secrets", "proposal-size");
  }

  @Test
  void readsAPathWhoseChangesWereWithheldAfterItWasExamined() {
    for (Check.Result found : List.of(Check.Result.BROKEN, Check.Result.UNKNOWN)) {
      Candidate candidate = lake.capture(CLAUDE, new Edit.Create("a.txt", "a", false));
      List<Check> checks = new ArrayList<>(Samples.allHeld());
      checks.add(new Check("no-secrets", found, List.of("a token"), 3, null, null, false));
      RunFacts facts =
          noneAdmissible(new Ranked(new Examined(candidate, checks, List.of()), null, null));

      assertRoundTrip(facts);
      Examined read = lake.reread(facts).examined().getFirst();
      assertThat(read.candidate().tree()).isEqualTo(candidate.tree());
      assertThat(read.candidate().changes()).isNull();
      assertThat(read.admissible()).isFalse();
    }
  }

  @Test
  void readsHowEveryLaneEnded() {
    Exchange odd =
        new Exchange(
            HOSTILE,
            new Usage(0L, null, Long.MAX_VALUE, 1L, 2L, new BigDecimal("0.000001"), 7, 6),
            List.of("", HOSTILE),
            Instant.parse("2026-01-02T03:04:05.006007008Z"),
            0,
            true,
            List.of());
    List<Ranked> lanes = new ArrayList<>();
    lanes.add(silent("declines", new Answer.Declined(HOSTILE, odd)));
    lanes.add(silent("waits", new Answer.NotAsked("", Exchange.none(Instant.EPOCH))));
    for (FailureCode code : FailureCode.values()) {
      lanes.add(
          silent(
              "fails-" + code.name().toLowerCase(Locale.ROOT),
              new Answer.Failed(code, HOSTILE, Samples.exchange(null))));
    }

    RunFacts facts = noneAdmissible(lanes.toArray(Ranked[]::new));

    assertRoundTrip(facts);
    assertThat(lake.reread(facts).examined())
        .extracting(examined -> examined.candidate().answer().outcome())
        .startsWith("declined", "not_asked", "failed");
  }

  @Test
  void readsWhatCommandsDid() {
    Check.Command killed = new Check.Command(null, true, HOSTILE);
    List<Check> checks = new ArrayList<>(Samples.allHeld());
    checks.add(new Check("a", Check.Result.BROKEN, List.of(HOSTILE, ""), 9, killed, HOSTILE, true));
    checks.add(new Check("b", Check.Result.NOT_RUN, List.of(), 0, null, null, false));
    checks.add(
        new Check(
            "c", Check.Result.HELD, List.of(), 9, new Check.Command(-1, false, ""), "", false));
    Check.Command again = new Check.Command(0, false, "", new Check.Tests(1, 0, 2), 3, true, null);
    checks.add(
        new Check(
            "d",
            Check.Result.HELD,
            List.of(),
            9,
            new Check.Command(
                0,
                false,
                "",
                new Check.Tests(7, 0, 0),
                1,
                false,
                new Check.FrozenTests(List.of("tests/a"), again)),
            "",
            false));
    List<WhyNot> whyNot = new ArrayList<>();
    for (WhyNot.Code code : WhyNot.Code.values()) {
      whyNot.add(new WhyNot(code, "a", HOSTILE, HOSTILE));
    }
    Candidate candidate = lake.capture(CLAUDE, new Edit.Create("a.txt", "a", false));

    assertRoundTrip(
        noneAdmissible(new Ranked(new Examined(candidate, checks, whyNot), null, null)));
  }

  @Test
  void readsARunThatJobsVerified() {
    Check.Job job =
        new Check.Job(
            "claude",
            "x64",
            1,
            true,
            JobRun.Conclusion.FAILURE,
            Instant.parse("2026-11-22T10:00:00Z"),
            Instant.parse("2026-11-22T10:01:00Z"),
            HOSTILE,
            "https://github.example/1",
            new JobRun.Whole(
                JobRun.Conclusion.SUCCESS,
                Instant.parse("2026-11-22T09:58:00Z"),
                Instant.parse("2026-11-22T10:01:10Z")));
    Check.Job untold =
        new Check.Job(
            "claude", null, 2, false, JobRun.Conclusion.UNKNOWN, null, null, "", null, null);
    List<Check> checks = new ArrayList<>(Samples.allHeld());
    checks.add(
        new Check(
            "jobs",
            Check.Result.BROKEN,
            List.of("its step failed in attempt 1"),
            60_000,
            new Check.Jobs(List.of(job, untold), false, List.of()),
            HOSTILE,
            false));
    Candidate candidate = lake.capture(CLAUDE, new Edit.Create("a.txt", "a", false));
    RunFacts facts =
        noneAdmissible(
            new Ranked(
                new Examined(candidate, checks, List.of(Samples.testsBroken(""))), null, null));

    RunFacts byJobs =
        new RunFacts(
            facts.workflow(),
            facts.paths(),
            facts.intent(),
            facts.head(),
            facts.selection(),
            facts.decidedBy(),
            "jobs",
            facts.ledgerHeads(),
            facts.transcriptDigests());
    assertRoundTrip(byJobs);
    lake.write(byJobs)
        .forEach(
            (path, document) -> {
              if (path.endsWith("agent-outputs/claude.json")) {
                Schemas.assertValid("agent-output", document.utf8());
              }
            });
    assertThat(lake.write(byJobs).keySet())
        .anyMatch(path -> path.endsWith("agent-outputs/claude.json"));
  }

  /** At 104825 the messages leave less room than the marker takes. */
  @Test
  void readsATranscriptThatWasCut() {
    for (int length : List.of(50_000, 1, 2_000_000, 104_825)) {
      int count = length == 1 ? 60_000 : 40;
      List<JsonObject> messages =
          Collections.nCopies(count, Samples.message("tool", "x".repeat(length)));

      assertRoundTrip(noneAdmissible(silent("claude", declined(messages))));
    }
  }

  @Test
  void readsATranscriptOfAnything() {
    JsonObject odd =
        Json.object()
            .put("number", new BigDecimal("1e-7"))
            .put("huge", new BigDecimal("1e300"))
            .put(HOSTILE, HOSTILE)
            .put("cut", Json.object().put("messages", 1).build())
            .build();
    JsonObject marker = Json.object().put("cut", Json.object().put("messages", 3).build()).build();

    assertRoundTrip(noneAdmissible(silent("claude", declined(List.of(odd, marker, odd)))));
    assertRoundTrip(noneAdmissible(silent("claude", declined(List.of(odd, marker)))));
  }

  @Test
  void keepsTheDigestOfATranscriptThatIsNotStored() {
    RunFacts facts = lake.facts(SampleRuns.selected(), Workflow.Transcripts.DIGEST);

    RecordedRun run = lake.reread(facts);

    assertThat(run.transcriptDigests().keySet())
        .containsExactlyInAnyOrder("claude", "codex", "copilot");
    assertThat(run.examined().getFirst().candidate().answer().exchange().transcript()).isEmpty();
  }

  @Test
  void readsAsManyLanesAsAWorkflowCanHave() {
    assertRoundTrip(lake.facts(SampleRuns.manyLanes(HOSTILE)));
  }

  private void assertRoundTrip(RunFacts facts) {
    Map<String, Bytes> written = lake.write(facts);
    Map<String, Bytes> rewritten = lake.rewrite(lake.reread(facts), facts);
    assertThat(rewritten.keySet()).isEqualTo(written.keySet());
    rewritten.forEach(
        (path, bytes) ->
            assertThat(bytes.utf8())
                .as(path)
                .isEqualTo(written.getOrDefault(path, Bytes.utf8("")).utf8()));
    assertThat(rewritten).isEqualTo(written);
  }

  private RunFacts noneAdmissible(Ranked... lanes) {
    return lake.facts(new Selection.NoneAdmissible(List.of(lanes)));
  }

  private static Ranked denied(Candidate candidate) {
    return Samples.denied(candidate, HOSTILE);
  }

  private static Ranked silent(String name, Answer answer) {
    return Samples.silent(Samples.agent(name, AgentType.OPENAI_CODEX), answer);
  }

  private static Answer declined(List<JsonObject> messages) {
    return new Answer.Declined(
        "no", new Exchange(null, Usage.NONE, List.of(), Samples.STARTED, 1, false, messages));
  }

  private static Examined withoutEdits(Examined examined) {
    Candidate candidate = examined.candidate();
    if (!(candidate.answer() instanceof Answer.Proposed(Proposal proposal, Exchange exchange))) {
      return examined;
    }
    Proposal bare =
        new Proposal(
            proposal.summary(),
            proposal.rationale(),
            proposal.ttvEstimateSeconds(),
            proposal.invariants(),
            proposal.risks(),
            proposal.constraints(),
            List.of());
    return new Examined(
        new Candidate(
            candidate.lane(),
            new Answer.Proposed(bare, exchange),
            candidate.tree(),
            candidate.changes(),
            candidate.problems(),
            candidate.diff(),
            candidate.withheld()),
        examined.checks(),
        examined.whyNot());
  }
}
