package dev.optr.ledger;

import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Anchor commits of run entries. */
final class RunAnchors {
  private final AnchorSource source;
  private final LedgerPast past;
  private final AnchorSignatures signatures;

  RunAnchors(AnchorSource source, LedgerPast past, AnchorSignatures signatures) {
    this.source = source;
    this.past = past;
    this.signatures = signatures;
  }

  /**
   * One good anchor is enough.
   *
   * @param commits those that brought the line
   */
  List<Finding> check(Entry entry, Body.Run run, List<CommitFacts> commits) {
    List<CommitFacts> naming =
        commits.stream()
            .filter(commit -> Trailers.named(commit.message()).contains(entry.id()))
            .toList();
    List<CommitFacts> anchors = naming.stream().filter(RunAnchors::looksLikeOne).toList();
    List<CommitFacts> originals =
        anchors.stream().filter(Predicate.not(CommitFacts::copied)).toList();
    if (!originals.isEmpty()) {
      return best(originals, anchor -> problems(entry, run, anchor));
    }
    // What a rebase made stands upon another commit; the outputs it must carry all the same.
    List<Finding> changed = best(anchors, copy -> outputProblems(entry, run, copy));
    if (!changed.isEmpty()) {
      return changed;
    }
    List<Finding> liars =
        commits.stream()
            .filter(RunAnchors::looksLikeOne)
            .filter(commit -> !commit.copied() && namesOthersAlone(commit))
            .map(commit -> missing(entry, commit))
            .toList();
    return liars.isEmpty() && !commits.isEmpty()
        // A copy of the trailers says that there was an anchor, somewhere that this clone has not.
        ? List.of(warning(entry, naming.isEmpty() ? Code.W_UNANCHORED : Code.W_UNREACHABLE))
        : liars;
  }

  /** The first that nothing is to be said against. */
  Optional<CommitFacts> good(Entry entry, Body.Run run, List<CommitFacts> commits) {
    return commits.stream()
        .filter(commit -> Trailers.named(commit.message()).contains(entry.id()))
        .filter(commit -> looksLikeOne(commit) && !commit.copied())
        .filter(commit -> problems(entry, run, commit).isEmpty())
        .findFirst();
  }

  /** Nothing where one of the commits has no problem, else the problems of all. */
  private static List<Finding> best(
      List<CommitFacts> commits, Function<CommitFacts, List<Finding>> check) {
    List<List<Finding>> problems = commits.stream().map(check).toList();
    return problems.stream().anyMatch(List::isEmpty)
        ? List.of()
        : problems.stream().flatMap(List::stream).toList();
  }

  private static boolean looksLikeOne(CommitFacts commit) {
    return commit.changedPaths().stream().allMatch(path -> path.startsWith("datalake/"));
  }

  /** Trailers of ours that match none of the lines that the commit brings. */
  private boolean namesOthersAlone(CommitFacts commit) {
    Set<String> named = Trailers.named(commit.message());
    return !named.isEmpty()
        && named.stream().noneMatch(id -> past.introducing(id).contains(commit.id()));
  }

  private List<Finding> problems(Entry entry, Body.Run run, CommitFacts anchor) {
    return Stream.of(
            parentProblems(entry, run, anchor),
            trailerProblems(entry, anchor),
            outputProblems(entry, run, anchor),
            otherChanges(entry, run, anchor),
            inputProblems(entry, run, anchor),
            signatures.check(entry, anchor))
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
                "its first parent is '%s', the frozen commit '%s'"
                    .formatted(parent.orElse("none"), frozen.orElse("unknown"))));
  }

  /** Outside of a pull request only the recorded intent says which commit was frozen. */
  private Optional<String> frozenCommit(Body.Run run, CommitFacts anchor) {
    return run.outputs().stream()
        .map(RecordedFile::path)
        .filter(path -> path.matches("datalake/workflows/[^/]+/intent\\.json"))
        .findFirst()
        .flatMap(path -> source.file(anchor.id(), path))
        .flatMap(RunAnchors::commitOf);
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
        written.flatMap(trailers -> past.trailers(anchor.id(), entry.id(), trailers.container()));
    return computed.isPresent() && computed.equals(written)
        ? List.of()
        : List.of(mismatch(entry, anchor, "its trailers are not those of its ledger files"));
  }

  private List<Finding> outputProblems(Entry entry, Body.Run run, CommitFacts anchor) {
    List<Finding> problems = new ArrayList<>();
    for (RecordedFile output : run.outputs()) {
      Optional<FileFacts> file = source.file(anchor.id(), output.path());
      if (!output.isContentOf(file)) {
        problems.add(
            entry.finding(
                Code.E_OUTPUT,
                anchor.id(),
                "'" + output.path() + "' is " + (file.isEmpty() ? "absent" : "another")));
      }
    }
    return problems;
  }

  /** The frozen commit of a pull request has been looked at already. */
  private List<Finding> inputProblems(Entry entry, Body.Run run, CommitFacts anchor) {
    FrozenInputs inputs = new FrozenInputs(source);
    Stream<String> frozen =
        anchor.parents().stream().limit(run.pr() == null && !run.inputs().isEmpty() ? 1 : 0);
    return Stream.concat(frozen.filter(source::has), Stream.of(anchor.id()))
        .flatMap(commit -> inputs.check(entry, run, commit).stream())
        .toList();
  }

  private static List<Finding> otherChanges(Entry entry, Body.Run run, CommitFacts anchor) {
    Set<String> recorded = new TreeSet<>();
    run.outputs().forEach(output -> recorded.add(output.path()));
    return anchor.changedPaths().stream()
        .filter(path -> !recorded.contains(path))
        .filter(path -> !Container.isLedger(path) && !path.equals("datalake/.gitattributes"))
        .map(path -> mismatch(entry, anchor, "it changes '" + path + "', which is no output"))
        .toList();
  }

  private static Finding missing(Entry entry, CommitFacts commit) {
    return entry.finding(
        Code.E_ANCHOR_MISSING,
        commit.id(),
        "the commit that brings the line calls itself the anchor of other entries");
  }

  private static Finding mismatch(Entry entry, CommitFacts anchor, String message) {
    return entry.finding(Code.E_ANCHOR_MISMATCH, anchor.id(), message);
  }

  private static Finding warning(Entry entry, Code code) {
    return entry.finding(code, code.sentence());
  }
}
