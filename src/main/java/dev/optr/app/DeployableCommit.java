package dev.optr.app;

import dev.optr.base.UserException;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerPast;
import dev.optr.ledger.Verification;
import dev.optr.record.ReadResult;
import dev.optr.record.RecordReader;
import dev.optr.record.RecordedRun;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says whether a commit may be deployed: an intact entry executed its very tree, or examined it as
 * row {@code head} and found it admissible. The tree counts, {@code datalake} left out, so that a
 * squash merge of an admissible pull request is deployable where nothing else came in.
 */
final class DeployableCommit {
  private final GitRepository repository;
  private final Path temporary;

  /**
   * @param temporary a directory for temporary files, outside the repository
   */
  DeployableCommit(GitRepository repository, Path temporary) {
    this.repository = repository;
    this.temporary = temporary;
  }

  /**
   * @param revision of the commit that is to be deployed
   * @param head the commit whose ledger was verified
   * @param ledger verified and found intact, with anchors and history
   */
  Deployable check(String revision, String head, Verification ledger) {
    Optional<String> commit = repository.resolve(revision);
    return commit.isPresent()
        ? check(new Question(commit.get(), tree(commit.get()), head, ledger))
        : new Deployable.Unknown(
            revision, "it is not in this clone; fetch the whole repository, or check the spelling");
  }

  private record Question(String commit, String tree, String head, Verification ledger) {}

  private String tree(String commit) {
    return repository.treeWithoutDatalake(commit);
  }

  private Deployable check(Question question) {
    return byExecution(question)
        .orElseGet(() -> byEvidence(question).orElseGet(() -> unknownTree(question)));
  }

  private static Deployable unknownTree(Question question) {
    return new Deployable.No(
        question.commit(),
        "no intact entry of the ledger at %s is about its tree %s"
            .formatted(question.head(), question.tree()));
  }

  /** Present where a path that gives this tree was executed and not taken back. */
  private static Optional<Deployable> byExecution(Question question) {
    return question
        .ledger()
        .entries()
        .mentioning(question.tree())
        .filter(
            entry ->
                entry.body() instanceof Body.Execution it
                    && it.tree().equals(question.tree())
                    && !isReverted(question.ledger(), it.entry()))
        .findFirst()
        .map(
            entry ->
                new Deployable.Yes(
                    question.commit(),
                    "execution",
                    entry.id(),
                    "its tree is the executed one of entry " + entry.id()));
  }

  private static boolean isReverted(Verification ledger, String runEntry) {
    return ledger
        .entries()
        .mentioning(runEntry)
        .anyMatch(
            entry ->
                entry.body() instanceof Body.Outcome outcome
                    && outcome.entry().equals(runEntry)
                    && outcome.result().equals("reverted"));
  }

  /** What the newest entries found that examined this tree; empty where none did. */
  private Optional<Deployable> byEvidence(Question question) {
    List<Run> runs = runs(question.ledger());
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    LedgerPast past =
        GitAnchors.past(repository, question.head(), String.valueOf(question.ledger().genesis()));
    FrozenTree tree = repository.frozenTree(question.commit());
    Optional<Deployable> newest = Optional.empty();
    long height = -1;
    try (TreeStore trees = TreeStore.open(repository, temporary)) {
      for (Run run : runs) {
        if (newest.isPresent() && run.height() < height) {
          return newest;
        }
        Optional<Deployable> found =
            question
                .ledger()
                .entries()
                .find(run.entry())
                .flatMap(entry -> byEvidence(question, entry, past, tree, trees));
        // Of equally new ones each must admit it.
        if (found.isPresent() && (newest.isEmpty() || found.get() instanceof Deployable.No)) {
          newest = found;
          height = run.height();
        }
      }
    }
    return newest;
  }

  /** Of a long ledger ids alone are kept. */
  private record Run(String entry, long height) {}

  /** The highest first. */
  private static List<Run> runs(Verification ledger) {
    return ledger
        .entries()
        .mentioning("\"decision\":")
        .filter(entry -> entry.body() instanceof Body.Run)
        .map(entry -> new Run(entry.id(), entry.body().common().height()))
        .sorted(Comparator.comparingLong(Run::height).reversed())
        .toList();
  }

  private Optional<Deployable> byEvidence(
      Question question, Entry entry, LedgerPast past, FrozenTree tree, TreeStore trees) {
    RunDocuments documents =
        new RunDocuments(
            repository,
            Stream.concat(
                    past.introducing(entry.id()).stream(),
                    Stream.of(question.commit(), question.head()))
                .distinct()
                .toList(),
            ExecutableEntries.run(entry));
    Optional<String> directory = documents.directory();
    if (directory.isEmpty() || !documents.areAbout(question.tree())) {
      return Optional.empty();
    }
    return Optional.of(examined(question, entry, documents, directory.get(), tree, trees));
  }

  private static Deployable examined(
      Question question,
      Entry entry,
      RunDocuments documents,
      String directory,
      FrozenTree tree,
      TreeStore trees) {
    Workflow workflow;
    try {
      workflow = documents.workflow();
    } catch (UserException e) {
      return new Deployable.No(
          question.commit(),
          "entry %s: its workflow file cannot be read: %s"
              .formatted(entry.id(), e.messages().getFirst()));
    }
    ReadResult result =
        new RecordReader(tree, trees)
            .read(documents::file, directory, workflow, ExecutableEntries.lanes(documents.run()));
    return switch (result) {
      case ReadResult.Unreadable(List<String> problems) ->
          new Deployable.No(
              question.commit(), "entry %s: %s".formatted(entry.id(), problems.getFirst()));
      case ReadResult.Read(RecordedRun run) -> judged(question, entry, run);
    };
  }

  private static Deployable judged(Question question, Entry entry, RecordedRun run) {
    if (run.head().admissible()) {
      return new Deployable.Yes(
          question.commit(),
          "head",
          entry.id(),
          "entry %s examined its tree as row head: admissible".formatted(entry.id()));
    }
    String why =
        run.head().whyNot().isEmpty()
            ? "nothing was found out about it"
            : run.head().whyNot().getFirst().message();
    return new Deployable.No(
        question.commit(),
        "entry %s examined its tree as row head: not admissible: %s".formatted(entry.id(), why));
  }
}
