package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.datalake.Candidate;
import dev.optr.datalake.DataLakePaths;
import dev.optr.evidence.Check;
import dev.optr.execution.Authority;
import dev.optr.execution.Refusal;
import dev.optr.execution.SelectedPath;
import dev.optr.git.Change;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.ledger.PullRequestRef;
import dev.optr.record.ReadResult;
import dev.optr.record.RecordReader;
import dev.optr.record.RecordedChanges;
import dev.optr.record.RecordedRun;
import dev.optr.selection.Ranked;
import dev.optr.selection.SelectOptr;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The documents of one entry, read at its anchor: what they select, made and decided again. */
final class ExecutableRecord {
  private final GitRepository repository;
  private final Path temporary;
  private final Workflow policy;

  ExecutableRecord(GitRepository repository, Path temporary, Workflow policy) {
    this.repository = repository;
    this.temporary = temporary;
    this.policy = policy;
  }

  /**
   * @param entry which selected a path, by this very policy
   * @param head the commit that the path would be executed on
   */
  Authority read(Entry entry, String anchor, String head) {
    Body.Run run = ExecutableEntries.run(entry);
    FrozenTree frozen = repository.frozenTree(repository.parents(anchor).getFirst());
    DataLakePaths paths = paths(run);
    RunDocuments documents = new RunDocuments(repository, List.of(anchor), run);
    try (TreeStore trees = TreeStore.open(repository, temporary)) {
      return tree(entry, run, documents, paths, frozen, trees)
          .orElseGet(
              () ->
                  switch (new RecordReader(frozen, trees)
                      .read(documents::file, paths.name(), policy, ExecutableEntries.lanes(run))) {
                    case ReadResult.Read(RecordedRun recorded) ->
                        decide(entry, run, recorded, anchor, head);
                    case ReadResult.Unreadable(List<String> problems) ->
                        refused(Refusal.NOT_INTACT, problems.getFirst());
                  });
    }
  }

  private DataLakePaths paths(Body.Run run) {
    PullRequestRef pr = run.pr();
    return pr == null
        ? DataLakePaths.of(policy.name())
        : DataLakePaths.ofPullRequest(policy.name(), pr.number());
  }

  /** Refused where the recorded changes of the selected path do not give the recorded tree. */
  private static Optional<Authority> tree(
      Entry entry,
      Body.Run run,
      RunDocuments documents,
      DataLakePaths paths,
      FrozenTree frozen,
      TreeStore trees) {
    String agent = String.valueOf(run.decision().selected());
    Optional<Bytes> document = documents.file(paths.agentOutput(agent));
    if (document.isEmpty()) {
      return Optional.of(
          refused(
              Refusal.NOT_INTACT,
              paths.agentOutput(agent) + ": is not the document that the entry vouches for"));
    }
    try {
      TreeResult made = RecordedChanges.rebuild(document.get(), frozen, trees);
      boolean same =
          made instanceof TreeResult.Applied applied
              && applied.tree().equals(run.decision().tree())
              && applied.changes().stream().noneMatch(ExecutableRecord::isInDatalake);
      return same ? Optional.empty() : Optional.of(otherTree(entry, run, made));
    } catch (JsonException e) {
      return Optional.of(
          refused(Refusal.NOT_INTACT, paths.agentOutput(agent) + ": " + e.getMessage()));
    }
  }

  /** The datalake of an executed commit is the head's, whatever a path would like. */
  private static boolean isInDatalake(Change change) {
    return change.path().equals("datalake") || change.path().startsWith("datalake/");
  }

  private static Authority otherTree(Entry entry, Body.Run run, TreeResult made) {
    String found =
        switch (made) {
          case TreeResult.Applied applied -> "tree " + applied.tree();
          case TreeResult.Rejected _ -> "no tree";
        };
    return refused(
        Refusal.TREE_DIFFERS,
        "entry %s selected tree %s, but the recorded changes give %s"
            .formatted(entry.id(), run.decision().tree(), found));
  }

  private Authority decide(
      Entry entry, Body.Run run, RecordedRun recorded, String anchor, String head) {
    Selection selection = new SelectOptr().select(policy, recorded.examined());
    Optional<Ranked> best =
        selection
            .selected()
            .filter(it -> agent(it).equals(run.decision().selected()))
            .filter(it -> Objects.equals(it.examined().candidate().tree(), run.decision().tree()));
    if (best.isEmpty() || !recorded.intent().digest().equals(run.decision().input())) {
      return refused(
          Refusal.NOT_INTACT,
          "entry %s: the recorded evidence gives another decision than the recorded one"
              .formatted(entry.id()));
    }
    return new Authority.Granted(path(entry, recorded, best.get(), anchor, head));
  }

  private static SelectedPath path(
      Entry entry, RecordedRun recorded, Ranked best, String anchor, String head) {
    Candidate candidate = best.examined().candidate();
    return new SelectedPath(
        entry.id(),
        anchor,
        head,
        candidate.agent(),
        Objects.requireNonNull(candidate.tree()),
        Objects.requireNonNull(candidate.changes()),
        recorded.paths(),
        new SelectedPath.Grounds(
            recorded.intent().digest(),
            recorded.intent().policy(),
            Objects.requireNonNull(candidate.diff()).patch().sha256(),
            best.examined().checks().stream().filter(Check::held).map(Check::id).toList()));
  }

  private static String agent(Ranked ranked) {
    return ranked.examined().candidate().agent();
  }

  private static Authority refused(Refusal why, String message) {
    return new Authority.Refused(why, message);
  }
}
