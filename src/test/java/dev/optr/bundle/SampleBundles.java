package dev.optr.bundle;

import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Proposal;
import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.Disk;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.datalake.Candidate;
import dev.optr.datalake.DataLake;
import dev.optr.evidence.Check;
import dev.optr.evidence.Examined;
import dev.optr.evidence.HeadExamined;
import dev.optr.evidence.Row;
import dev.optr.git.Change;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import dev.optr.intent.Frozen;
import dev.optr.intent.Intent;
import dev.optr.intent.IntentReader;
import dev.optr.intent.IntentSource;
import dev.optr.intent.Wish;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Signer;
import dev.optr.ledger.Tool;
import dev.optr.record.Proposals;
import dev.optr.testing.Samples;
import dev.optr.testing.TempRepo;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import dev.optr.workflow.WorkflowFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Bundles about a real repository: {@code claude} and {@code mscopilot} reach one tree, {@code
 * codex} changes a test too, {@code copilot} failed.
 */
final class SampleBundles implements AutoCloseable {
  static final String KEY = "sk-test-0123456789abcdef";
  static final RepositoryId REPOSITORY = new RepositoryId("github.com", 4711, "octo/login");
  static final BundleHeader.Origin ORIGIN =
      new BundleHeader.Origin(new Tool("optr-executor", "1.0.0"), REPOSITORY, 7L, 123_456L, 2);
  static final String YAML =
      """
      workflow: login-fix
      constraints:
        - {id: small, rule: "candidate.changedLines <= 400"}
        - {id: kind, prose: "Be kind"}
      invariants:
        - {id: tests, run: "mvn -q verify", timeout: 90s}
        - {id: lint, run: "mvn -q checkstyle:check"}
      agents:
        - {name: claude, type: anthropic-claude}
        - {name: codex, type: openai-codex}
        - {name: copilot, type: github-copilot}
        - {name: mscopilot, type: ms-copilot-stride}
      """;
  private static final byte[] IMAGE = {0, (byte) 0xff, 1};

  private final Path directory;
  private final Redactor redactor = new Redactor(List.of(Secret.of(KEY)));
  private final TempRepo repo;
  private final GitRepository repository;
  private final TreeStore trees;
  private final FrozenTree frozen;
  private final DataLake dataLake;
  private final Workflow workflow;

  SampleBundles(Path directory) {
    this(directory, YAML);
  }

  SampleBundles(Path directory, String yaml) {
    this.directory = directory;
    repo = TempRepo.create(directory.resolve("repo"));
    repo.commit("before", Map.of("src/old.txt", "old\n"));
    String commit =
        repo.commitBytes(
            "files",
            Map.of(
                "src/login.txt", Bytes.utf8("first\n").toArray(),
                "src/test/login_test.txt", Bytes.utf8("expects first\n").toArray(),
                "image.bin", IMAGE,
                "datalake/ledger.jsonl", Bytes.utf8("{}\n").toArray()));
    repository = repo.repository();
    trees = TreeStore.open(repository, directory.resolve("candidates"));
    frozen = repository.frozenTree(commit);
    dataLake = new DataLake(trees, frozen, redactor);
    workflow = WorkflowFile.parse("workflow-optr.yaml", Bytes.utf8(yaml));
  }

  Path directory() {
    return directory;
  }

  Path repositoryDirectory() {
    return repo.directory();
  }

  GitRepository repository() {
    return repository;
  }

  TreeStore trees() {
    return trees;
  }

  FrozenTree frozen() {
    return frozen;
  }

  /** As the writer of these samples writes them; its key is in no file. */
  BundleWriter writer(Signer... signer) {
    return new BundleWriter(
        new Disk(Checkpoint.NONE), trees, redactor, List.of(signer).stream().findFirst());
  }

  /** A writer that knows no credential, for what somebody else could write. */
  BundleWriter careless() {
    return new BundleWriter(
        new Disk(Checkpoint.NONE), trees, new Redactor(List.of()), Optional.empty());
  }

  String write(String name, Bundle bundle) {
    return writer().write(directory.resolve(name), bundle);
  }

  Bundle read(String name, String digest) {
    return new BundleReader(Optional.empty())
        .read(directory.resolve(name), digest, repository, trees);
  }

  /** All four lanes. */
  Bundle bundle() {
    return bundle(List.of(claude("Renew the cookie"), codex(), copilot(), mscopilot()));
  }

  Bundle bundle(List<Examined> lanes) {
    return bundle(lanes, intent("Make login survive"), 2);
  }

  Bundle bundle(List<Examined> lanes, Intent intent, int attempt) {
    BundleHeader.Origin origin =
        new BundleHeader.Origin(
            ORIGIN.tool(), ORIGIN.repository(), ORIGIN.pullRequest(), ORIGIN.runId(), attempt);
    return Bundle.of(
        origin, new Proposals(workflow, intent, head(), lanes), true, List.of(), rows(lanes));
  }

  /** The frozen commit alone. */
  Bundle headAlone() {
    return Bundle.of(
        ORIGIN,
        new Proposals(workflow, intent("Make login survive"), head(), List.of()),
        false,
        List.of("ubuntu-24.04", "macos-15"),
        rows(List.of()));
  }

  Intent intent(String wish) {
    return IntentReader.read(
        Wish.of(wish, new IntentSource.PullRequest(7, "octocat")),
        workflow,
        new Frozen(frozen.commit(), frozen.tree(), "a".repeat(40), 0));
  }

  Examined claude(String summary) {
    return examined("claude", summary, new Edit.Rewrite("src/login.txt", "second\n", null));
  }

  Examined mscopilot() {
    return examined("mscopilot", "The same", new Edit.Rewrite("src/login.txt", "second\n", null));
  }

  Examined codex() {
    return examined(
        "codex",
        "Other",
        new Edit.Rewrite("src/login.txt", "third\n", null),
        new Edit.Rewrite("src/test/login_test.txt", "expects third\n", null),
        new Edit.Create("src/new dir/ümlaut.txt", "x".repeat(70_000), true));
  }

  Examined copilot() {
    Answer failed = new Answer.Failed(FailureCode.RATE_LIMIT, "429", Samples.exchange(null));
    return new Examined(dataLake.capture(lane("copilot"), failed), List.of(), List.of());
  }

  Examined examined(String agent, String summary, Edit... edits) {
    Candidate candidate = dataLake.capture(lane(agent), proposed(summary, edits));
    return new Examined(candidate, checks(), List.of());
  }

  static Answer.Proposed proposed(String summary, Edit... edits) {
    Proposal sample = Samples.proposal(summary, summary);
    Proposal proposal =
        new Proposal(
            sample.summary(),
            sample.rationale(),
            sample.ttvEstimateSeconds(),
            sample.invariants(),
            sample.risks(),
            sample.constraints(),
            List.of(edits));
    return new Answer.Proposed(proposal, Samples.exchange("0.18"));
  }

  static List<Check> checks() {
    return List.of(
        Samples.held("patch-applies"),
        Samples.held("paths-allowed"),
        Samples.held("no-secrets"),
        Samples.held("small"),
        notRun("tests"),
        notRun("lint"),
        Samples.held("kind"));
  }

  static Check notRun(String id) {
    return new Check(id, Check.Result.NOT_RUN, List.of("later"), 0, null, null, false);
  }

  private static HeadExamined head() {
    return new HeadExamined(
        List.of(notRun("tests"), notRun("lint"), Samples.held("kind")), List.of());
  }

  AgentSpec lane(String name) {
    return workflow.agents().stream()
        .filter(spec -> spec.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** As the examiner finds them. */
  List<Row> rows(List<Examined> lanes) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(Row.HEAD, frozen.tree(), List.of()));
    for (Examined lane : lanes) {
      String tree = lane.candidate().tree();
      if (tree != null
          && lane.candidate().changes() != null
          && rows.stream().noneMatch(row -> row.tree().equals(tree))) {
        rows.add(new Row(lane.candidate().agent(), tree, agents(lanes, tree)));
      }
    }
    lanes.stream()
        .filter(lane -> lane.candidate().agent().equals("codex"))
        .filter(lane -> lane.candidate().changes() != null)
        .forEach(lane -> rows.add(restored(lane)));
    return rows;
  }

  private static List<String> agents(List<Examined> lanes, String tree) {
    return lanes.stream()
        .map(Examined::candidate)
        .filter(candidate -> tree.equals(candidate.tree()))
        .map(Candidate::agent)
        .toList();
  }

  private Row restored(Examined lane) {
    List<Change> kept =
        Objects.requireNonNull(lane.candidate().changes()).stream()
            .filter(change -> !change.path().contains("test"))
            .toList();
    return switch (trees.rebuild(frozen, kept)) {
      case TreeResult.Applied(String tree, _) ->
          new Row("codex" + Row.FROZEN_TESTS, tree, List.of("codex"));
      case TreeResult.Rejected(List<String> errors) -> throw new AssertionError(errors);
    };
  }

  @Override
  public void close() {
    trees.close();
    repository.close();
    repo.close();
  }
}
