package dev.optr.record;

import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.Proposal;
import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.datalake.Candidate;
import dev.optr.datalake.DataLake;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.Examined;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.intent.Frozen;
import dev.optr.intent.Intent;
import dev.optr.intent.IntentReader;
import dev.optr.intent.IntentSource;
import dev.optr.intent.Wish;
import dev.optr.selection.Ranked;
import dev.optr.selection.Selection;
import dev.optr.testing.Samples;
import dev.optr.testing.TempRepo;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import dev.optr.workflow.WorkflowFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Sample decisions put on a real frozen tree, written down, and read again. */
final class RecordReaderLake implements AutoCloseable {
  static final String DIRECTORY = "login-fix-pr-7";
  static final String ROOT = "datalake/workflows/" + DIRECTORY + "/";
  static final String KEY = "sk-test-0123456789abcdef";
  private static final DecidedBy DECIDED_BY =
      new DecidedBy("select_optr", "1", Json.object().put("decimals", 6).build());

  private final Redactor redactor = new Redactor(List.of(Secret.of(KEY)));
  private final TempRepo repo;
  private final GitRepository repository;
  private final TreeStore trees;
  private final FrozenTree frozen;
  private final DataLake dataLake;

  RecordReaderLake(Path directory) {
    repo = TempRepo.create(directory.resolve("repo"));
    String commit =
        repo.commitBytes(
            "files",
            Map.of(
                "src/login.txt", Bytes.utf8("first\n").toArray(),
                "src/other.txt", Bytes.utf8("other\n").toArray(),
                "image.bin", new byte[] {0, (byte) 0xff, 1},
                "datalake/ledger.jsonl", Bytes.utf8("{}\n").toArray()));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    frozen = repository.frozenTree(commit);
    dataLake = new DataLake(trees, frozen, redactor);
  }

  String frozenTree() {
    return frozen.tree();
  }

  /** The facts of a sample decision, with real trees, and the samples' checks and scores. */
  RunFacts facts(Selection sample, Workflow.Transcripts transcripts) {
    Workflow workflow = workflow(sample, transcripts);
    return new RunFacts(
        workflow,
        new DataLakePaths("datalake/workflows/" + DIRECTORY),
        intent(workflow),
        Samples.head(),
        map(
            sample,
            ranked -> new Ranked(real(ranked.examined(), workflow), ranked.rank(), ranked.score())),
        DECIDED_BY,
        List.of("b".repeat(64), "a".repeat(64)));
  }

  RunFacts facts(Selection sample) {
    return facts(sample, Workflow.Transcripts.COMMIT);
  }

  /** Every document by its path. */
  Map<String, Bytes> write(RunFacts facts) {
    return new Recorder(redactor, Attesters.unsigned())
        .write(facts).outputs().stream()
            .collect(
                Collectors.toMap(Document::path, Document::bytes, (one, _) -> one, TreeMap::new));
  }

  ReadResult read(Map<String, Bytes> documents, Workflow workflow) {
    return new RecordReader(frozen, trees)
        .read(path -> Optional.ofNullable(documents.get(path)), DIRECTORY, workflow);
  }

  /** What was written, read again. */
  RecordedRun reread(RunFacts facts) {
    return switch (read(write(facts), facts.workflow())) {
      case ReadResult.Read(RecordedRun run) -> run;
      case ReadResult.Unreadable(List<String> problems) ->
          throw new AssertionError(String.join("\n", problems));
    };
  }

  /** The documents of what was read, decided as before. */
  Map<String, Bytes> rewrite(RecordedRun run, RunFacts decided) {
    Map<String, Examined> examined =
        run.examined().stream()
            .collect(Collectors.toMap(lane -> lane.candidate().agent(), lane -> lane));
    Selection selection =
        map(
            decided.selection(),
            ranked ->
                new Ranked(
                    Objects.requireNonNull(examined.get(ranked.examined().candidate().agent())),
                    ranked.rank(),
                    ranked.score()));
    return write(run.facts(selection));
  }

  Candidate capture(AgentSpec lane, Edit... edits) {
    return dataLake.capture(lane, proposed("Renew " + KEY, Samples.exchange("0.18"), edits));
  }

  static Answer.Proposed proposed(String summary, Exchange exchange, Edit... edits) {
    return new Answer.Proposed(
        withEdits(Samples.proposal(summary, summary), List.of(edits)), exchange);
  }

  static Selection map(Selection selection, UnaryOperator<Ranked> replacement) {
    List<Ranked> lanes = selection.candidates().stream().map(replacement).toList();
    return switch (selection) {
      case Selection.Selected _ -> new Selection.Selected(lanes.getFirst(), lanes);
      case Selection.NoneAdmissible _ -> new Selection.NoneAdmissible(lanes);
      case Selection.QuorumMissed(int answered, int quorum, List<Ranked> _) ->
          new Selection.QuorumMissed(answered, quorum, lanes);
    };
  }

  static Workflow workflow(Selection selection, Workflow.Transcripts transcripts) {
    StringBuilder yaml =
        new StringBuilder(
            """
            workflow: login-fix
            transcripts: %s
            constraints:
              - {id: small, rule: "candidate.changedLines <= 400"}
              - {id: kind, prose: "Be kind", advisory: true}
            invariants:
              - {id: tests, run: "mvn -q verify"}
            agents:
            """
                .formatted(transcripts == Workflow.Transcripts.COMMIT ? "commit" : "digest"));
    for (Ranked lane : selection.candidates()) {
      AgentSpec spec = lane.examined().candidate().lane();
      yaml.append("  - {name: ")
          .append(spec.name())
          .append(", type: ")
          .append(spec.type().id())
          .append(spec.type() == AgentType.COMMAND ? ", run: [\"true\"]}\n" : "}\n");
    }
    return WorkflowFile.parse("workflow-optr.yaml", Bytes.utf8(yaml.toString()));
  }

  private Intent intent(Workflow workflow) {
    return IntentReader.read(
        Wish.of("Make login survive", new IntentSource.PullRequest(7, "octocat")),
        workflow,
        new Frozen(frozen.commit(), frozen.tree(), null, 0));
  }

  /** A sample's one change made on the real tree; a candidate without a sample tree as it is. */
  private Examined real(Examined sample, Workflow workflow) {
    Candidate candidate = sample.candidate();
    AgentSpec lane =
        workflow.agents().stream()
            .filter(spec -> spec.name().equals(candidate.agent()))
            .findFirst()
            .orElseThrow();
    Candidate real =
        candidate.diff() != null && candidate.diff().files().equals(Samples.diff("x").files())
            ? captured(lane, candidate)
            : new Candidate(
                lane,
                candidate.answer(),
                candidate.tree(),
                candidate.changes(),
                candidate.problems(),
                candidate.diff(),
                candidate.withheld());
    return new Examined(real, sample.checks(), sample.whyNot());
  }

  private Candidate captured(AgentSpec lane, Candidate sample) {
    Answer.Proposed proposed = (Answer.Proposed) sample.answer();
    String content =
        Objects.requireNonNull(Objects.requireNonNull(sample.changes()).getFirst().content());
    Proposal proposal =
        withEdits(proposed.proposal(), List.of(new Edit.Rewrite("src/login.txt", content, null)));
    return dataLake.capture(lane, new Answer.Proposed(proposal, proposed.exchange()));
  }

  private static Proposal withEdits(Proposal proposal, List<Edit> edits) {
    return new Proposal(
        proposal.summary(),
        proposal.rationale(),
        proposal.ttvEstimateSeconds(),
        proposal.invariants(),
        proposal.risks(),
        proposal.constraints(),
        edits);
  }

  @Override
  public void close() {
    trees.close();
    repository.close();
    repo.close();
  }
}
