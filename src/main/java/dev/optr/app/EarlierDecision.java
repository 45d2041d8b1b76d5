package dev.optr.app;

import dev.optr.base.Bytes;
import dev.optr.datalake.DataLakePaths;
import dev.optr.execution.GateVerdict;
import dev.optr.execution.Performed;
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
 * A decision that the ledger already holds about this very input: nobody is asked again. It is read
 * back from its anchor and selected again, so that what is shown is what the recorded evidence
 * gives, never what somebody wrote into a document.
 */
final class EarlierDecision {
  private EarlierDecision() {}

  /**
   * @param tip the commit whose ledger holds the entry
   * @throws LedgerBrokenException where the recorded run cannot be read, or gives another decision
   */
  static Optional<Outcome> find(
      PastRuns past,
      GitRepository repository,
      String tip,
      Prepared prepared,
      DataLakePaths paths,
      TreeStore trees) {
    return past.decided(prepared.intent().digest())
        .map(
            entry ->
                read(entry, anchor(repository, tip, entry), repository, prepared, paths, trees));
  }

  private static String anchor(GitRepository repository, String tip, Entry entry) {
    String genesis = String.valueOf(entry.body().common().ledger());
    List<String> commits = GitAnchors.introducing(repository, tip, genesis, entry.id());
    if (commits.isEmpty()) {
      throw new LedgerBrokenException(
          "entry %s decided this very input, but its anchor is not in this repository"
              .formatted(entry.id()));
    }
    // An anchor on the side branch carries the lines of earlier ones along; each names its own.
    return commits.stream()
        .filter(commit -> AnchorMessage.entries(repository.message(commit)).contains(entry.id()))
        .reduce((_, earlier) -> earlier)
        .orElseGet(commits::getLast);
  }

  private static Outcome read(
      Entry entry,
      String anchor,
      GitRepository repository,
      Prepared prepared,
      DataLakePaths paths,
      TreeStore trees) {
    Workflow workflow = prepared.workflow();
    ReadResult result =
        new RecordReader(prepared.frozen(), trees)
            .read(path -> recorded(entry, repository, anchor, path), paths.name(), workflow);
    return switch (result) {
      case ReadResult.Read(RecordedRun run) -> decide(entry, anchor, run, workflow);
      case ReadResult.Unreadable(List<String> problems) ->
          throw new LedgerBrokenException(problems);
    };
  }

  private static Outcome decide(Entry entry, String anchor, RecordedRun run, Workflow workflow) {
    Selection selection = new SelectOptr().select(workflow, run.examined());
    if (!selection.outcome().equals(run.outcome())
        || !agent(selection).equals(Optional.ofNullable(run.selected()))) {
      throw new LedgerBrokenException(
          "entry %s: the recorded evidence gives another decision than the recorded one"
              .formatted(entry.id()));
    }
    GateVerdict gate = GateVerdict.of(selection, run.head(), true);
    return new Outcome(
        run.intent(),
        run.head(),
        selection,
        entry.id(),
        null,
        gate,
        new Performed.Anchored(anchor));
  }

  private static Optional<String> agent(Selection selection) {
    return selection.selected().map(best -> best.examined().candidate().agent());
  }

  /**
   * A document of the run, where its bytes are those that the entry vouches for: whoever pushes to
   * the branch can put the entry's line beside documents of his own.
   */
  private static Optional<Bytes> recorded(
      Entry entry, GitRepository repository, String anchor, String path) {
    return repository
        .file(anchor, path)
        .filter(
            bytes ->
                entry.body() instanceof Body.Run run
                    && run.outputs().stream()
                        .anyMatch(
                            output ->
                                output.path().equals(path)
                                    && output.sha256().equals(bytes.sha256())));
  }
}
