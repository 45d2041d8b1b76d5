package dev.optr.app;

import dev.optr.datalake.DataLakePaths;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.ledger.AnchorMessage;
import dev.optr.ledger.Body;
import dev.optr.ledger.Entry;
import dev.optr.record.ReadResult;
import dev.optr.record.RecordReader;
import dev.optr.record.RecordedRun;
import dev.optr.selection.SelectOptr;
import dev.optr.selection.Selection;
import dev.optr.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/**
 * A decision of the ledger, read back from its anchor and selected again, so that what is shown is
 * what the recorded evidence gives, never what somebody wrote into a document.
 *
 * @param anchor the commit that carries its documents
 */
record RecalledDecision(Entry entry, String anchor, RecordedRun run, Selection selection) {

  /**
   * The newest decision about a pull request.
   *
   * @param tip a commit whose ledger holds it
   * @throws LedgerBrokenException where the recorded run cannot be read, or gives another decision
   */
  static Optional<RecalledDecision> newest(
      PastRuns past, GitRepository repository, String tip, DataLakePaths paths, TreeStore trees) {
    return past.newest().map(entry -> of(entry, repository, tip, paths, trees));
  }

  private static RecalledDecision of(
      Entry entry, GitRepository repository, String tip, DataLakePaths paths, TreeStore trees) {
    String anchor = anchor(repository, tip, entry);
    Workflow workflow =
        documents(entry, repository, anchor)
            .file(paths.workflowFile())
            .map(source -> WorkflowSource.read(paths.workflowFile(), source))
            .orElseThrow(() -> unreadable(entry, "its workflow file is not at its anchor"));
    FrozenTree frozen = repository.frozenTree(frozen(entry));
    return of(entry, anchor, repository, workflow, frozen, paths, trees);
  }

  /** A decision whose workflow file and frozen tree are known. */
  static RecalledDecision of(
      Entry entry,
      String anchor,
      GitRepository repository,
      Workflow workflow,
      FrozenTree frozen,
      DataLakePaths paths,
      TreeStore trees) {
    RunDocuments documents = documents(entry, repository, anchor);
    ReadResult result =
        new RecordReader(frozen, trees)
            .read(
                documents::file, paths.name(), workflow, ExecutableEntries.lanes(documents.run()));
    return switch (result) {
      case ReadResult.Read(RecordedRun run) -> selectedAgain(entry, anchor, run, workflow);
      case ReadResult.Unreadable(List<String> problems) ->
          throw new LedgerBrokenException(problems);
    };
  }

  private static RecalledDecision selectedAgain(
      Entry entry, String anchor, RecordedRun run, Workflow workflow) {
    Selection selection = new SelectOptr().select(workflow, run.examined());
    Optional<String> agent = selection.selected().map(best -> best.examined().candidate().agent());
    if (!selection.outcome().equals(run.outcome())
        || !agent.equals(Optional.ofNullable(run.selected()))) {
      throw unreadable(entry, "the recorded evidence gives another decision than the recorded one");
    }
    return new RecalledDecision(entry, anchor, run, selection);
  }

  /**
   * The commit that brought an entry.
   *
   * @throws LedgerBrokenException where it is not in the repository
   */
  static String anchor(GitRepository repository, String tip, Entry entry) {
    String genesis = String.valueOf(entry.body().common().ledger());
    List<String> commits = GitAnchors.introducing(repository, tip, genesis, entry.id());
    if (commits.isEmpty()) {
      throw unreadable(entry, "its anchor is not in this repository");
    }
    // An anchor on the side branch carries the lines of earlier ones along; each names its own.
    return commits.stream()
        .filter(commit -> AnchorMessage.entries(repository.message(commit)).contains(entry.id()))
        .reduce((_, earlier) -> earlier)
        .orElseGet(commits::getLast);
  }

  private static String frozen(Entry entry) {
    if (entry.body() instanceof Body.Run run && run.pr() != null) {
      return run.pr().head();
    }
    throw unreadable(entry, "it is no decision about a pull request");
  }

  private static LedgerBrokenException unreadable(Entry entry, String why) {
    return new LedgerBrokenException("entry %s: %s".formatted(entry.id(), why));
  }

  private static RunDocuments documents(Entry entry, GitRepository repository, String anchor) {
    if (entry.body() instanceof Body.Run run) {
      return new RunDocuments(repository, List.of(anchor), run);
    }
    throw unreadable(entry, "it is no decision");
  }
}
