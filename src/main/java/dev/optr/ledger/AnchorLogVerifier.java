package dev.optr.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the anchor log against the ledger and the anchors, as docs/ledger-format.md, "Anchor log"
 * says. A log is checked wherever there is one, whatever the workflow file says.
 */
public final class AnchorLogVerifier {
  private final LogSource commits;
  private final LogWitness witness;
  private final Function<String, List<Container>> filesAt;

  /**
   * @param filesAt the ledger files of a commit that is there
   */
  public AnchorLogVerifier(
      LogSource commits, LogWitness witness, Function<String, List<Container>> filesAt) {
    this.commits = commits;
    this.witness = witness;
    this.filesAt = filesAt;
  }

  /**
   * The verification with what the logs add to it.
   *
   * @param logs those of this clone; several where its copies are not equally new
   * @param files the ledger files of the verified commit, archived ones among them
   */
  public Verification verify(
      Verification verification, List<AnchorLog> logs, List<Container> files) {
    String genesis = verification.genesis();
    if (logs.isEmpty() || genesis == null) {
      return verification;
    }
    LoggedEntries entries = new LoggedEntries(verification, genesis, files, commits, filesAt);
    boolean signed = verification.trust() != Trust.NONE;
    List<Finding> found =
        logs.stream()
            .flatMap(
                log ->
                    Stream.of(
                            log.findings(),
                            checkAnchors(log, entries),
                            signed ? LogSignatures.check(log, entries) : unsigned(log))
                        .flatMap(List::stream))
            .distinct()
            .toList();
    return verification.with(found);
  }

  private static List<Finding> unsigned(AnchorLog log) {
    return log.tip().stream()
        .map(
            tip ->
                new Finding(
                    Code.W_UNSIGNED,
                    null,
                    null,
                    null,
                    null,
                    tip,
                    "nor is the anchor log: whoever can push can write it"))
        .toList();
  }

  private List<Finding> checkAnchors(AnchorLog log, LoggedEntries entries) {
    List<Finding> findings = new ArrayList<>();
    for (AnchorLog.Step step : log.steps()) {
      LoggedAnchor logged = step.entry().anchor();
      Optional<LogCommit> anchor = commits.commit(logged.commit());
      if (anchor.isEmpty()) {
        Code code = commits.isShallow() ? Code.W_UNREACHABLE : Code.E_ANCHOR_MISSING;
        findings.add(step.finding(code, logged.commit(), code.sentence()));
      } else {
        mismatches(step, anchor.get(), log, entries)
            .map(message -> step.finding(Code.E_ANCHOR_MISMATCH, logged.commit(), message))
            .forEach(findings::add);
      }
      if (!entries.has(logged)) {
        missing(step, log, entries).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private static Stream<String> mismatches(
      AnchorLog.Step step, LogCommit anchor, AnchorLog log, LoggedEntries entries) {
    LoggedAnchor logged = step.entry().anchor();
    Optional<LoggedEntries.Found> entry = entries.find(logged);
    List<String> parents = step.commit().parents();
    List<String> messages = new ArrayList<>();
    if (parents.isEmpty() || !parents.getLast().equals(logged.commit())) {
      messages.add("its last parent is not the anchor that it names");
    }
    if (!LoggedAnchor.of(anchor.id(), anchor.message(), logged.pr()).equals(Optional.of(logged))) {
      messages.add("entry, size and root are not those of the anchor's trailers");
    }
    if (entry.isPresent() && !Objects.equals(number(entry.get()), logged.pr())) {
      messages.add("the pull request is not that of the entry");
    }
    if (entry.isEmpty() && !entries.has(logged)) {
      messages.add("the anchor holds no such entry, or none that is intact");
    }
    if (!log.anchorsOf(logged.entry()).stream().allMatch(logged::equals)) {
      messages.add("the log names several anchors for this entry");
    }
    return messages.stream();
  }

  private static @Nullable Integer number(LoggedEntries.Found entry) {
    return entry.pullRequest().map(PullRequestRef::number).orElse(null);
  }

  /** What to say of an entry that no container has. */
  private Optional<Finding> missing(AnchorLog.Step step, AnchorLog log, LoggedEntries entries) {
    LoggedAnchor logged = step.entry().anchor();
    return switch (witness.whereabouts(logged)) {
      case TAKEN_AWAY ->
          Optional.of(truncated(step, "its line was in this history and was taken away"));
      case ON_ANOTHER_BRANCH -> Optional.empty();
      case NOWHERE -> {
        if (logged.pr() == null) {
          yield Optional.of(truncated(step, "it belongs to no pull request, and no branch has it"));
        }
        yield Optional.of(
            wasMerged(step, log, entries)
                ? truncated(step, "a later run found it on its base branch, which has lost it")
                : open(step));
      }
      case UNKNOWN -> Optional.of(open(step));
    };
  }

  /** Whether a later run for the same base branch found the line there. */
  private boolean wasMerged(AnchorLog.Step step, AnchorLog log, LoggedEntries entries) {
    LoggedAnchor logged = step.entry().anchor();
    Optional<String> branch = pullRequest(logged, entries).map(PullRequestRef::baseRef);
    return log.steps().stream()
        .filter(later -> later.entry().number() > step.entry().number())
        .flatMap(later -> pullRequest(later.entry().anchor(), entries).stream())
        .filter(later -> branch.equals(Optional.of(later.baseRef())))
        .map(PullRequestRef::base)
        .distinct()
        .filter(base -> commits.commit(base).isPresent())
        .anyMatch(base -> LedgerVerifier.idsOf(filesAt.apply(base)).contains(logged.entry()));
  }

  private static Optional<PullRequestRef> pullRequest(LoggedAnchor logged, LoggedEntries entries) {
    return entries.find(logged).flatMap(LoggedEntries.Found::pullRequest);
  }

  private static Finding truncated(AnchorLog.Step step, String why) {
    return step.finding(
        Code.E_TRUNCATED, step.entry().anchor().commit(), "the entry is in no container: " + why);
  }

  private static Finding open(AnchorLog.Step step) {
    return step.finding(
        Code.W_OPEN_HEADS,
        step.entry().anchor().commit(),
        "the entry is in no container here: its pull request is open, was closed or has dropped it,"
            + " or it was cut off; this clone cannot tell");
  }
}
