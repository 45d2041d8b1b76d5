package dev.optr.evidence;

import dev.optr.agents.Proposal;
import dev.optr.datalake.Candidate;
import dev.optr.git.MergeTrial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The check {@code non-interference}: whatever the frozen commit could be merged with before, it
 * can be merged with after the path. A merge that had conflicts before decides nothing, nor does
 * one that git refuses (no common commit). Each tree is examined once.
 */
final class NonInterference implements Examination {
  static final String ID = "non-interference";
  private static final int MOST_NAMED = 5;

  private final Interference interference;
  private final LongSupplier nanoTime;
  private final OncePerTree<Finding> findings = new OncePerTree<>();

  NonInterference(Interference interference, LongSupplier nanoTime) {
    this.interference = interference;
    this.nanoTime = nanoTime;
  }

  @Override
  public List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> found)
      throws InterruptedException {
    String tree = candidate.tree();
    return List.of(
        tree == null
            ? Finding.notRun(ID, "there is no tree")
            : findings.get(tree, () -> examine(tree)));
  }

  @Override
  public List<Finding> ofHead() {
    return List.of();
  }

  private Finding examine(String tree) throws InterruptedException {
    return switch (interference.others().await()) {
      case OtherHeads.Unlisted(String reason) -> Finding.unknown(ID, reason);
      case OtherHeads.Listed(List<OtherHeads.Head> heads) -> examine(tree, heads);
    };
  }

  private Finding examine(String tree, List<OtherHeads.Head> heads) throws InterruptedException {
    long start = nanoTime.getAsLong();
    List<String> here =
        heads.stream()
            .filter(head -> !head.fork() && head.missing() == null)
            .map(OtherHeads.Head::commit)
            .toList();
    Map<String, MergeTrial> before = interference.trials().frozen(here);
    Map<String, MergeTrial> with = interference.trials().candidate(tree, here);
    List<Seen> seen =
        heads.stream()
            .map(head -> seen(head, before.get(head.commit()), with.get(head.commit())))
            .toList();
    return finding(seen, Duration.ofNanos(nanoTime.getAsLong() - start).toMillis());
  }

  /**
   * @param unknown it might decide, if it were known
   */
  private record Seen(Check.Merge merge, boolean unknown) {}

  private static Seen seen(
      OtherHeads.Head head, @Nullable MergeTrial before, @Nullable MergeTrial with) {
    if (head.fork()) {
      return notCompared(head, "its branch is in another repository", false);
    }
    return switch (before) {
      case null -> notCompared(head, String.valueOf(head.missing()), true);
      case MergeTrial.Unrelated() ->
          notCompared(head, "it has no commit in common with the frozen one", false);
      case MergeTrial.Unknown(String reason) -> notCompared(head, reason, true);
      case MergeTrial.Clean() -> compared(head, true, with);
      case MergeTrial.Conflicts _ -> compared(head, false, with);
    };
  }

  private static Seen compared(
      OtherHeads.Head head, boolean cleanBefore, @Nullable MergeTrial with) {
    return switch (with) {
      case MergeTrial.Clean() -> compared(head, cleanBefore, true, List.of());
      case MergeTrial.Conflicts(List<String> files, int _) ->
          compared(head, cleanBefore, false, files);
      case MergeTrial.Unknown(String reason) -> notCompared(head, reason, cleanBefore);
      case MergeTrial.Unrelated() -> throw new IllegalStateException("it was related before");
      case null -> throw new IllegalStateException("it was tried before");
    };
  }

  private static Seen compared(
      OtherHeads.Head head, boolean cleanBefore, boolean cleanWith, List<String> files) {
    return new Seen(
        new Check.Merge(
            head.number(),
            head.branch(),
            head.commit(),
            false,
            cleanBefore,
            cleanWith,
            files,
            null),
        false);
  }

  private static Seen notCompared(OtherHeads.Head head, String reason, boolean unknown) {
    return new Seen(
        new Check.Merge(
            head.number(),
            head.branch(),
            head.commit(),
            head.fork(),
            null,
            null,
            List.of(),
            reason),
        unknown);
  }

  private static Finding finding(List<Seen> seen, long durationMs) {
    List<Check.Merge> merges = seen.stream().map(Seen::merge).toList();
    List<WhyNot> violations =
        merges.stream().filter(Check.Merge::isBroken).map(NonInterference::violation).toList();
    List<WhyNot> unknown = unknown(seen);
    List<WhyNot> whyNot = new ArrayList<>(violations);
    whyNot.addAll(unknown);
    Check.Result result =
        violations.isEmpty()
            ? unknown.isEmpty() ? Check.Result.HELD : Check.Result.UNKNOWN
            : Check.Result.BROKEN;
    Check check =
        new Check(
            ID,
            result,
            whyNot.stream().map(WhyNot::message).toList(),
            durationMs,
            new Check.Merges(merges),
            null,
            false);
    return new Finding(check, whyNot);
  }

  private static WhyNot violation(Check.Merge merge) {
    return new WhyNot(
        WhyNot.Code.NON_INTERFERENCE_VIOLATION,
        ID,
        "%s merged cleanly before; with this path it conflicts in %s"
            .formatted(
                named(merge),
                listed(merge.files().stream().map(file -> "'" + file + "'").toList())),
        merge.branch() + " at " + merge.commit());
  }

  /** One sentence per reason, since one cause can hide many of them. */
  private static List<WhyNot> unknown(List<Seen> seen) {
    Map<String, List<Check.Merge>> byReason =
        seen.stream()
            .filter(Seen::unknown)
            .map(Seen::merge)
            .collect(
                Collectors.groupingBy(
                    merge -> Objects.requireNonNull(merge.notCompared()),
                    TreeMap::new,
                    Collectors.toList()));
    return byReason.entrySet().stream()
        .map(
            entry ->
                new WhyNot(
                    WhyNot.Code.MISSING_CANON_PREREQS,
                    ID,
                    "cannot tell whether the path still merges with %s: %s"
                        .formatted(several(entry.getValue()), entry.getKey()),
                    ""))
        .toList();
  }

  private static String several(List<Check.Merge> merges) {
    return merges.size() == 1
        ? named(merges.getFirst())
        : listed(merges.stream().map(NonInterference::named).toList());
  }

  private static String named(Check.Merge merge) {
    return merge.number() == null
        ? "branch '" + merge.branch() + "'"
        : "#" + merge.number() + " ('" + merge.branch() + "')";
  }

  private static String listed(List<String> names) {
    String first = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int more = names.size() - MOST_NAMED;
    return more > 0 ? first + " and " + more + " more" : first;
  }
}
