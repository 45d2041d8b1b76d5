package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import dev.optr.base.UserException;
import dev.optr.datalake.DataLakePaths;
import dev.optr.git.AbsentObjectException;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerPast;
import dev.optr.record.ReadResult;
import dev.optr.record.RecordReader;
import dev.optr.record.RecordedRun;
import dev.optr.selection.SelectOptr;
import dev.optr.selection.Selector;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes recorded decisions again from a clone alone (docs/replay.md). Nothing that a document says
 * is taken for its own proof: an entry that vouches for it may be a forger's, where nobody signs.
 */
final class Replay {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

  private final GitRepository repository;
  private final LedgerPast past;
  private final List<String> tips;
  private final TreeStore trees;
  private final Selector selector = new SelectOptr();

  /**
   * @param past the history of the verified ledger
   * @param tips the commits that were verified
   * @param trees where candidates are made again
   */
  Replay(GitRepository repository, LedgerPast past, List<String> tips, TreeStore trees) {
    this.repository = repository;
    this.past = past;
    this.tips = List.copyOf(tips);
    this.trees = trees;
  }

  /**
   * @param entry a run, intact by verification
   */
  Replayed of(Entry entry) {
    Body.Run run = ExecutableEntries.run(entry);
    Replayed.Decided decided = Replayed.Decided.of(entry, run);
    try {
      ReplayDocuments documents = ReplayDocuments.of(repository, past, tips, entry, run);
      return new OfOne(decided, run, documents).replay();
    } catch (AbsentObjectException absent) {
      return new Replayed.Undecided(decided, absent.getMessage() + "; fetch all of it");
    }
  }

  /** One decision while it is made again; each step goes on to the next where it is as recorded. */
  private final class OfOne {
    private final Replayed.Decided decided;
    private final Body.Run run;
    private final ReplayDocuments documents;

    OfOne(Replayed.Decided decided, Body.Run run, ReplayDocuments documents) {
      this.decided = decided;
      this.run = run;
      this.documents = documents;
    }

    Replayed replay() {
      Optional<DataLakePaths> paths = documents.paths();
      if (paths.isEmpty()) {
        return differs(ReplayStep.INPUT, "the entry names no intent.json");
      }
      List<String> missing = documents.missing();
      return missing.isEmpty()
          ? workflow(paths.get())
          : undecided(
              "no commit here has %s as the entry vouches for it; fetch the branch or tag that keeps its anchor"
                  .formatted(missing.getFirst()));
    }

    private Replayed workflow(DataLakePaths paths) {
      Optional<Bytes> source = documents.file(paths.workflowFile());
      if (source.isEmpty()) {
        return differs(ReplayStep.INPUT, "the entry names no " + paths.workflowFile());
      }
      if (!source.get().sha256().equals(run.decision().policy())) {
        return differs(
            ReplayStep.INPUT,
            "%s: its digest is %s, the entry was decided by %s"
                .formatted(paths.workflowFile(), source.get().sha256(), run.decision().policy()));
      }
      try {
        return input(paths, WorkflowSource.read(paths.workflowFile(), source.get()));
      } catch (UserException e) {
        return undecided("this version cannot read " + e.messages().getFirst());
      }
    }

    private Replayed input(DataLakePaths paths, Workflow workflow) {
      String frozen = frozen(paths);
      if (!COMMIT.matcher(frozen).matches()) {
        return differs(ReplayStep.INPUT, paths.intent() + ": it names no frozen commit");
      }
      if (run.pr() != null && !run.pr().head().equals(frozen)) {
        return differs(
            ReplayStep.INPUT,
            "%s: it is about commit %s, the entry about %s"
                .formatted(paths.intent(), frozen, run.pr().head()));
      }
      return repository.resolve(frozen).isPresent()
          ? trees(paths, workflow, frozen)
          : undecided(
              "the frozen commit %s is not in this clone; fetch the branch that it was on"
                  .formatted(frozen));
    }

    private String frozen(DataLakePaths paths) {
      try {
        return String.valueOf(
            JsonReader.readObject(documents.file(paths.intent()).orElseThrow().toArray())
                .text("commit"));
      } catch (JsonException noJson) {
        return "";
      }
    }

    private Replayed trees(DataLakePaths paths, Workflow workflow, String frozen) {
      List<String> differences =
          new ReplayTrees(repository.frozenTree(frozen), trees)
              .differences(run.decision(), paths, documents);
      return differences.isEmpty()
          ? read(paths, workflow, frozen)
          : new Replayed.Differs(decided, ReplayStep.TREES, differences);
    }

    private Replayed read(DataLakePaths paths, Workflow workflow, String frozen) {
      ReadResult result =
          new RecordReader(repository.frozenTree(frozen), trees)
              .read(documents::file, paths.name(), workflow, ExecutableEntries.lanes(run));
      return switch (result) {
        case ReadResult.Read(RecordedRun recorded) -> again(paths, recorded);
        case ReadResult.Unreadable(List<String> problems) ->
            new Replayed.Differs(
                decided,
                problems.getFirst().startsWith(paths.intent() + ":")
                    ? ReplayStep.INPUT
                    : ReplayStep.READ,
                problems);
      };
    }

    private Replayed again(DataLakePaths paths, RecordedRun recorded) {
      if (!recorded.intent().digest().equals(run.decision().input())) {
        return differs(
            ReplayStep.INPUT,
            "%s: its digest is %s, the entry was decided about %s"
                .formatted(paths.intent(), recorded.intent().digest(), run.decision().input()));
      }
      String name = recorded.decidedBy().selector();
      String version = recorded.decidedBy().version();
      if (!name.equals(selector.name()) || !version.equals(selector.version())) {
        return undecided(
            "%s %s decided, which this program has not got (it has %s %s)"
                .formatted(name, version, selector.name(), selector.version()));
      }
      return new ReplayAgain(run, recorded, selector)
          .compare(documents)
          .<Replayed>map(found -> new Replayed.Differs(decided, found.step(), found.differences()))
          .orElseGet(() -> new Replayed.Equal(decided));
    }

    private Replayed differs(ReplayStep step, String difference) {
      return new Replayed.Differs(decided, step, List.of(difference));
    }

    private Replayed undecided(String reason) {
      return new Replayed.Undecided(decided, reason);
    }
  }
}
