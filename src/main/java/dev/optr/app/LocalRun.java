package dev.optr.app;

import dev.optr.agents.Question;
import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.CommandPolicy;
import dev.optr.evidence.Examiner;
import dev.optr.execution.Execution;
import dev.optr.execution.LocalExecution;
import dev.optr.execution.Performed;
import dev.optr.execution.WorkTreeExecution;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.LocalBranch;
import dev.optr.git.TreeStore;
import dev.optr.intent.ContextRules;
import dev.optr.intent.Frozen;
import dev.optr.intent.Intent;
import dev.optr.intent.IntentReader;
import dev.optr.intent.Wish;
import dev.optr.ledger.Signer;
import dev.optr.report.RunReport;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The whole flow on a repository of this machine. */
final class LocalRun {
  private final Host host;
  private final Request request;
  private final Progress progress;

  /**
   * @param repository a directory in the repository
   * @param workflow null = the default places in the work tree
   * @param base the revision to freeze
   * @param agents only these; empty = all
   * @param commit false = leave everything in the work tree
   * @param again ask even where this very input was decided before
   */
  record Request(
      Path repository,
      @Nullable Path workflow,
      @Nullable String intent,
      String base,
      List<String> agents,
      boolean commit,
      boolean again,
      @Nullable String genesis) {
    Request {
      agents = List.copyOf(agents);
    }
  }

  record Result(RunReport report, ExitCode exit) {}

  LocalRun(Host host, Request request) {
    this.host = host;
    this.request = request;
    this.progress = new Progress(host.err());
  }

  Result run() throws InterruptedException {
    try (GitRepository repository = GitRepository.open(request.repository(), host.checkpoint());
        RunLock _ = RunLock.take(state(repository), progress)) {
      return run(repository);
    }
  }

  private Result run(GitRepository repository) throws InterruptedException {
    long started = System.nanoTime();
    Prepared prepared = prepare(repository);
    Optional<RunLedger> ledger = ledger(repository, prepared);
    CandidateDirectory.sweep(temporary());
    try (TreeStore trees = TreeStore.open(repository, temporary())) {
      Optional<Outcome> earlier = earlier(repository, prepared, ledger, trees);
      Outcome outcome =
          earlier.isPresent() ? earlier.get() : decide(repository, prepared, ledger, trees);
      prepared.wiring().answers(state(repository)).remove(prepared.intent().digest());
      RunReport report =
          new LocalReports(prepared, request, notices(repository))
              .of(outcome, System.nanoTime() - started);
      return new Result(report, outcome.exit());
    }
  }

  /**
   * The decision that HEAD's ledger already holds; an anchor that a crash cut short is finished.
   */
  private Optional<Outcome> earlier(
      GitRepository repository, Prepared prepared, Optional<RunLedger> ledger, TreeStore trees) {
    String tip = prepared.intent().commit();
    Optional<Outcome> found =
        request.again() || ledger.isEmpty()
            ? Optional.empty()
            : EarlierDecision.find(ledger.get(), repository, tip, prepared, paths(prepared), trees);
    found.ifPresent(
        outcome -> {
          progress.say(
              "entry %s decided this very input: nobody is asked (--again asks)"
                  .formatted(outcome.entry()));
          finishAnchor(repository, tip, outcome);
        });
    return found;
  }

  private void finishAnchor(GitRepository repository, String tip, Outcome outcome) {
    Optional<String> branch = repository.currentBranch();
    boolean anchored =
        outcome.performed() instanceof Performed.Anchored(String anchor) && anchor.equals(tip);
    if (request.commit() && anchored && branch.isPresent()) {
      Map<String, Bytes> files = new TreeMap<>();
      for (String path : repository.changedPaths(tip)) {
        repository.file(tip, path).ifPresent(bytes -> files.put(path, bytes));
      }
      new LocalBranch(repository).advance(branch.get(), tip, tip, files);
    }
  }

  private Outcome decide(
      GitRepository repository, Prepared prepared, Optional<RunLedger> ledger, TreeStore trees)
      throws InterruptedException {
    Wiring wiring = prepared.wiring();
    if (request.again()) {
      wiring.answers(state(repository)).remove(prepared.intent().digest());
    }
    Examiner examiner =
        wiring.examiner(
            prepared.workflowFiles(),
            prepared.frozen(),
            CommandPolicy.local(prepared.workflow().isolation()),
            trees,
            temporary());
    return wiring
        .orchestrator(
            paths(prepared),
            wiring.lanes(prepared.lanes(), state(repository), progress),
            prepared.frozen(),
            trees,
            examiner,
            ledger,
            execution(repository, ledger.isPresent()))
        .run(prepared.question());
  }

  private static DataLakePaths paths(Prepared prepared) {
    return DataLakePaths.of(prepared.workflow().name());
  }

  /** Says what a run would do; asks nobody and changes nothing. */
  String plan() {
    try (GitRepository repository = GitRepository.open(request.repository(), host.checkpoint())) {
      Prepared prepared = prepare(repository);
      return DryRun.describe(prepared, CommandPolicy.local(prepared.workflow().isolation()));
    }
  }

  private Prepared prepare(GitRepository repository) {
    Path workTree =
        repository
            .workTree()
            .orElseThrow(
                () ->
                    new UserException(
                        request.repository() + ": a bare repository has no work tree to run in"));
    String commit =
        repository
            .resolve(request.base())
            .orElseThrow(
                () ->
                    new UserException(
                        "--base: '%s' names no commit here".formatted(request.base())));
    Path file = workflowFile(workTree);
    Workflow workflow = WorkflowSource.read(name(workTree, file), read(file));
    refuseMovingBase(repository, commit);
    Wiring wiring =
        new Wiring(
            host,
            workflow,
            Credentials.ofVariables(host.environment()),
            path -> recording(file, path));
    FrozenTree frozen = repository.frozenTree(commit);
    FrozenTree visible = frozen.showing(ContextRules.of(workflow).visible());
    int excluded = frozen.files().size() - visible.files().size();
    Intent intent =
        IntentReader.read(
            Wish.choose(request.intent(), null, workflow.intent()),
            workflow,
            new Frozen(commit, frozen.tree(), null, excluded));
    List<String> inRepository =
        file.startsWith(workTree) ? List.of(name(workTree, file)) : List.of();
    return new Prepared(
        workflow,
        wiring,
        wiring.lanes(request.agents()),
        frozen,
        new Question(intent, visible),
        inRepository);
  }

  private void refuseMovingBase(GitRepository repository, String commit) {
    if (request.commit() && !repository.resolve("HEAD").equals(Optional.of(commit))) {
      throw new UserException(
          "--base: '%s' is not HEAD, so the outcome cannot be committed here; add --no-commit"
              .formatted(request.base()));
    }
  }

  private Optional<RunLedger> ledger(GitRepository repository, Prepared prepared) {
    String commit = prepared.intent().commit();
    Optional<Signer> signer = signer();
    boolean recorded = prepared.workflow().ledger().enabled();
    if (!request.commit() && signer.isEmpty() && LocalLedger.isSigned(repository, commit)) {
      progress.say(
          "the ledger is signed and no key was given: with --no-commit no entry is recorded");
      recorded = false;
    }
    return recorded
        ? Optional.of(
            LocalLedger.open(
                host, repository, commit, signer, Optional.ofNullable(request.genesis())))
        : Optional.empty();
  }

  private Optional<Signer> signer() {
    return LocalLedger.signer(Credentials.ofVariables(host.environment()));
  }

  private Execution execution(GitRepository repository, boolean recorded) {
    Path workTree = repository.workTree().orElseThrow();
    if (!request.commit() || !recorded) {
      return new WorkTreeExecution(workTree, new Disk(host.checkpoint()));
    }
    String branch =
        repository
            .currentBranch()
            .orElseThrow(
                () ->
                    new UserException("HEAD is detached; check out a branch, or add --no-commit"));
    return new LocalExecution(repository, branch, host.clock(), LocalLedger.commitSigner(signer()));
  }

  private List<String> notices(GitRepository repository) {
    List<String> notices = new ArrayList<>();
    if (repository.isDirty()) {
      notices.add("the work tree differs from HEAD: the agents saw HEAD, not your changes");
    }
    return notices;
  }

  private Path workflowFile(Path workTree) {
    if (request.workflow() != null) {
      return request.workflow();
    }
    return WorkflowSource.DEFAULT_PATHS.stream()
        .map(workTree::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "no workflow file: neither %s is in %s; write one or name it with --workflow"
                        .formatted(String.join(" nor ", WorkflowSource.DEFAULT_PATHS), workTree)));
  }

  private static String name(Path workTree, Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    return absolute.startsWith(workTree)
        ? workTree.relativize(absolute).toString()
        : file.toString();
  }

  private static Bytes recording(Path workflow, String path) {
    return read(workflow.resolveSibling(path));
  }

  private static Bytes read(Path file) {
    try {
      return Bytes.of(Files.readAllBytes(file));
    } catch (java.nio.file.NoSuchFileException e) {
      throw new UserException(file + ": there is no such file");
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }

  private static Path state(GitRepository repository) {
    return repository.gitDirectory().resolve("optr");
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }
}
