package dev.optr.ledger;

import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Checks that the anchor commit of every run entry is what the entry and its own trailers say: put
 * upon the frozen commit, carrying the recorded outputs and nothing outside of {@code datalake/}.
 *
 * <p>Everyday git is no tampering: a squash copies trailers into a commit that also changes other
 * files; such a commit is no anchor and is not held to be a false one.
 */
public final class AnchorVerifier {
  private final AnchorSource source;

  public AnchorVerifier(AnchorSource source) {
    this.source = source;
  }

  /** The verification with what the anchors of its run entries add to it. */
  public Verification verify(Verification verification) {
    List<Finding> findings = new ArrayList<>();
    for (Entry entry : verification.entries()) {
      if (entry.body() instanceof Body.Run run) {
        check(entry, run, findings);
      }
    }
    return verification.with(findings);
  }

  private void check(Entry entry, Body.Run run, List<Finding> findings) {
    switch (source.introducing(entry.id())) {
      case AnchorSource.Introduction.NeverCommitted _ ->
          findings.add(warning(entry, Code.W_UNANCHORED));
      case AnchorSource.Introduction.NotInThisClone _ ->
          findings.add(warning(entry, Code.W_UNREACHABLE));
      case AnchorSource.Introduction.Found(List<CommitFacts> commits) ->
          checkFound(entry, run, commits, findings);
    }
  }

  private void checkFound(
      Entry entry, Body.Run run, List<CommitFacts> commits, List<Finding> findings) {
    List<CommitFacts> naming = commits.stream().filter(commit -> names(commit, entry)).toList();
    List<CommitFacts> anchors = naming.stream().filter(AnchorVerifier::isAnchor).toList();
    if (anchors.isEmpty()) {
      // A copy of the trailers says that there was an anchor, somewhere that this clone has not.
      findings.add(warning(entry, naming.isEmpty() ? Code.W_UNANCHORED : Code.W_UNREACHABLE));
      return;
    }
    List<List<Finding>> problems =
        anchors.stream().map(anchor -> problems(entry, run, anchor)).toList();
    if (problems.stream().noneMatch(List::isEmpty)) {
      problems.forEach(findings::addAll);
    }
  }

  private static boolean names(CommitFacts commit, Entry entry) {
    return Trailers.parse(commit.message())
        .filter(trailers -> trailers.entry().equals(entry.id()))
        .isPresent();
  }

  private static boolean isAnchor(CommitFacts commit) {
    return commit.changedPaths().stream().allMatch(path -> path.startsWith("datalake/"));
  }

  private List<Finding> problems(Entry entry, Body.Run run, CommitFacts anchor) {
    return Stream.of(
            parentProblems(entry, run, anchor),
            trailerProblems(entry, anchor),
            outputProblems(entry, run, anchor))
        .flatMap(List::stream)
        .toList();
  }

  private List<Finding> parentProblems(Entry entry, Body.Run run, CommitFacts anchor) {
    Optional<String> frozen =
        run.pr() == null ? frozenCommit(run, anchor) : Optional.of(run.pr().head());
    Optional<String> parent = anchor.parents().stream().findFirst();
    return frozen.isPresent() && frozen.equals(parent)
        ? List.of()
        : List.of(
            mismatch(
                entry,
                anchor,
                "its first parent is '"
                    + parent.orElse("none")
                    + "', the frozen commit '"
                    + frozen.orElse("unknown")
                    + "'"));
  }

  /** Outside of a pull request only the recorded intent says which commit was frozen. */
  private Optional<String> frozenCommit(Body.Run run, CommitFacts anchor) {
    return run.outputs().stream()
        .map(RecordedFile::path)
        .filter(path -> path.matches("datalake/workflows/[^/]+/intent\\.json"))
        .findFirst()
        .flatMap(path -> source.file(anchor.id(), path))
        .flatMap(AnchorVerifier::commitOf);
  }

  private static Optional<String> commitOf(FileFacts intent) {
    try {
      return Optional.ofNullable(JsonReader.readObject(intent.content().toArray()).text("commit"));
    } catch (JsonException notJson) {
      // Said as an unknown frozen commit; a changed file is E_OUTPUT as well.
      return Optional.empty();
    }
  }

  private List<Finding> trailerProblems(Entry entry, CommitFacts anchor) {
    Optional<Trailers> written = Trailers.parse(anchor.message());
    Optional<Trailers> computed =
        written.flatMap(trailers -> compute(entry, trailers.container(), anchor));
    return computed.isPresent() && computed.equals(written)
        ? List.of()
        : List.of(mismatch(entry, anchor, "its trailers are not those of its ledger files"));
  }

  private Optional<Trailers> compute(Entry entry, String path, CommitFacts anchor) {
    List<Container> containers = source.containers(anchor.id());
    LedgerLines lines = LedgerLines.read(containers, new Findings());
    String ledger = String.valueOf(entry.body().common().ledger());
    EntryGraph graph = EntryGraph.of(lines, ledger);
    boolean received = graph.find(entry.id()).isPresent() && lines.holds(path, entry.id());
    return containers.stream()
        .filter(container -> received && container.path().equals(path))
        .findFirst()
        .map(
            container ->
                new Trailers(
                    entry.id(),
                    graph.heads(),
                    graph.size(),
                    MerkleTree.root(LedgerLines.linesOf(container.bytes())),
                    path));
  }

  private List<Finding> outputProblems(Entry entry, Body.Run run, CommitFacts anchor) {
    List<Finding> problems = new ArrayList<>();
    Set<String> recorded = new TreeSet<>();
    for (RecordedFile output : run.outputs()) {
      recorded.add(output.path());
      Optional<FileFacts> file = source.file(anchor.id(), output.path());
      if (!output.isContentOf(file)) {
        problems.add(
            entry.finding(
                Code.E_OUTPUT,
                anchor.id(),
                "'" + output.path() + "' is " + (file.isEmpty() ? "absent" : "another")));
      }
    }
    for (String path : anchor.changedPaths()) {
      boolean ours =
          recorded.contains(path)
              || Container.isLedger(path)
              || path.equals("datalake/.gitattributes");
      if (!ours) {
        problems.add(mismatch(entry, anchor, "it changes '" + path + "', which is no output"));
      }
    }
    return problems;
  }

  private static Finding mismatch(Entry entry, CommitFacts anchor, String message) {
    return entry.finding(Code.E_ANCHOR_MISMATCH, anchor.id(), message);
  }

  private static Finding warning(Entry entry, Code code) {
    return entry.finding(code, code.sentence());
  }
}
