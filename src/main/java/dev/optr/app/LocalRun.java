package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.OtherHeads;
import dev.optr.execution.Execution;
import dev.optr.execution.Performed;
import dev.optr.git.Branches;
import dev.optr.git.CandidateDirectory;
import dev.optr.git.GitRepository;
import dev.optr.git.LocalBranch;
import dev.optr.git.TreeStore;
import dev.optr.report.RunReport;
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
  private final Optional<Course.Opening> bundled;
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

    /** The same about these agents alone; none = all. */
    Request asking(List<String> only) {
      return new Request(repository, workflow, intent, base, only, commit, again, genesis);
    }

    /** The same with what becomes of its outcome. */
    Request recording(boolean inACommit, boolean anew, @Nullable String pin) {
      return new Request(repository, workflow, intent, base, agents, inACommit, anew, pin);
    }
  }

  /**
   * @param superseded the decision is about a commit that is no longer the branch's head
   */
  record Result(RunReport report, ExitCode exit, boolean superseded) {}

  LocalRun(Host host, Request request) {
    this(host, request, Optional.empty());
  }

  /**
   * @param bundled opens the bundle of an earlier phase; empty where agents are asked now
   */
  LocalRun(Host host, Request request, Optional<Course.Opening> bundled) {
    this.host = host;
    this.request = request;
    this.bundled = bundled;
    this.progress = Progress.of(host);
  }

  Result run() throws InterruptedException {
    try (GitRepository repository = GitRepository.open(request.repository(), host.checkpoint());
        RunLock _ = RunLock.take(state(repository), progress)) {
      return run(repository);
    }
  }

  private Result run(GitRepository repository) throws InterruptedException {
    long started = System.nanoTime();
    Prepared prepared = new LocalIntake(host, request).prepare(repository);
    LocalRecording recording = LocalRecording.open(host, request, repository, prepared, progress);
    Optional<RunLedger> ledger = recording.ledger();
    // Before the run: its own documents in the work tree are no change of the user's.
    List<String> notices = notices(repository);
    CandidateDirectory.sweep(host.temporary());
    try (TreeStore trees = TreeStore.open(repository, host.temporary())) {
      Course taken = course(repository, prepared, trees);
      Optional<Outcome> earlier = earlier(repository, prepared, ledger, trees);
      Outcome outcome =
          earlier.isPresent()
              ? earlier.get()
              : decide(repository, prepared, taken, ledger, recording.execution());
      outcome.notices().forEach(progress::say);
      if (outcome.isKept()) {
        prepared.wiring().answers(state(repository)).remove(prepared.intent().digest());
      }
      RunReport report =
          new LocalReports(prepared, request, notices, taken.shownIsolation())
              .of(outcome, System.nanoTime() - started);
      return new Result(
          report, outcome.exit(), outcome.performed() instanceof Performed.Superseded);
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
            : EarlierDecision.find(
                ledger.get().past(), repository, tip, prepared, paths(prepared), trees);
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
      GitRepository repository,
      Prepared prepared,
      Course taken,
      Optional<RunLedger> ledger,
      Execution execution)
      throws InterruptedException {
    if (request.again()) {
      prepared.wiring().answers(state(repository)).remove(prepared.intent().digest());
    }
    taken.require();
    return prepared
        .wiring()
        .orchestrator(
            paths(prepared),
            taken.examiner(others(repository, prepared)),
            taken.isolation(),
            ledger,
            execution)
        .run(prepared.intent(), taken.lanes());
  }

  private Course course(GitRepository repository, Prepared prepared, TreeStore trees)
      throws InterruptedException {
    if (bundled.isPresent()) {
      return bundled.get().open(repository, prepared, trees);
    }
    // Of the head's change nobody is asked: no gate rests on it here, and nobody knows what it is
    // a change of.
    return new AskedHere(prepared, trees, place(host, repository), _ -> true, Optional::empty);
  }

  /** Only where the workflow file names branches: nobody else says which of them are alive. */
  private static Optional<OtherHeads.Source> others(GitRepository repository, Prepared prepared) {
    List<String> patterns = prepared.workflow().nonInterferenceBranches();
    if (patterns.isEmpty()) {
      return Optional.empty();
    }
    String own = repository.currentBranch().orElse("");
    OtherHeads heads =
        new OtherHeads.Listed(
            new Branches(repository)
                .matching(patterns, own).entrySet().stream()
                    .filter(branch -> !LogRefs.isOurs("refs/heads/" + branch.getKey()))
                    .map(
                        branch ->
                            new OtherHeads.Head(
                                null, branch.getKey(), branch.getValue(), false, null))
                    .toList());
    return Optional.of(() -> heads);
  }

  private static DataLakePaths paths(Prepared prepared) {
    return DataLakePaths.of(prepared.workflow().name());
  }

  /** Says what a run would do; asks nobody and changes nothing. */
  String plan() {
    try (GitRepository repository = GitRepository.open(request.repository(), host.checkpoint())) {
      Prepared prepared = new LocalIntake(host, request).prepare(repository);
      try (TreeStore trees = TreeStore.open(repository, host.temporary())) {
        return DryRun.describe(prepared, prepared.question(trees));
      }
    }
  }

  private List<String> notices(GitRepository repository) {
    List<String> notices = new ArrayList<>();
    if (repository.isDirty()) {
      notices.add("the work tree differs from HEAD: the agents saw HEAD, not your changes");
    }
    return notices;
  }

  /** Where a run on a repository of this machine keeps and says things. */
  static RunPlace place(Host host, GitRepository repository) {
    Progress progress = Progress.of(host);
    return new RunPlace(
        state(repository),
        host.temporary(),
        progress,
        warning -> progress.say("warning: " + warning));
  }

  static Path state(GitRepository repository) {
    return repository.gitDirectory().resolve("optr");
  }
}
