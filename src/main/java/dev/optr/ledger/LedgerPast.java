package dev.optr.ledger;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What history did to one ledger, found in one walk over its commits, parents before children:
 * where every entry came in, which lines went, where the main file did anything but grow at its
 * end. Only what differs between a commit and its parents is looked at.
 */
public final class LedgerPast {
  private final LedgerHistory history;
  private final LineTable table;
  private final LedgerVersions versions;
  private final MainFileRule mainFile;
  private final Map<String, At> commits = new HashMap<>();
  private final Map<Integer, List<String>> introductions = new HashMap<>();
  private final Set<Integer> atTip = new HashSet<>();
  private final BitSet seen = new BitSet();
  private final BitSet lost = new BitSet();
  private final List<Loss> losses = new ArrayList<>();
  private final List<Move> moves = new ArrayList<>();
  private final List<String> cuts = new ArrayList<>();

  /**
   * The ledger at a commit.
   *
   * @param size number of entries
   * @param heads numbers of the entries that are nobody's parent
   * @param isClosed whether every parent is there, so that no entry that comes is one
   */
  private record At(String state, int size, Set<Integer> heads, boolean isClosed) {}

  /** A line that a parent has and the commit has not. */
  record Loss(String commit, LedgerDifference.Place place) {}

  /**
   * A commit whose main file is not its parent's with lines added at the end.
   *
   * @param place the parent's first line that does not stand where it stood
   */
  record Move(String commit, LedgerDifference.Place place) {}

  private LedgerPast(LedgerHistory history, String genesis) {
    this.history = history;
    this.table = new LineTable(genesis);
    this.versions = new LedgerVersions(history, table);
    this.mainFile = new MainFileRule(history, versions, lost);
  }

  /**
   * Walks the history once.
   *
   * @param genesis id of the ledger whose lines count; others are no concern of it
   */
  public static LedgerPast read(LedgerHistory history, String genesis) {
    LedgerPast past = new LedgerPast(history, genesis);
    history.revisions().forEach(past::step);
    history.tips().forEach(tip -> past.atTip.addAll(past.versions.entries(past.at(tip).state())));
    return past;
  }

  private void step(LedgerHistory.Revision revision) {
    if (!revision.whole()) {
      cuts.add(revision.commit());
    }
    List<At> parents = revision.parents().stream().map(this::at).toList();
    boolean same =
        !parents.isEmpty()
            && parents.stream().allMatch(parent -> parent.state().equals(revision.state()));
    if (same) {
      commits.put(revision.commit(), parents.getFirst());
      return;
    }
    List<LedgerDifference> differences =
        parents.isEmpty()
            ? List.of(difference(null, revision.state()))
            : parents.stream().map(parent -> difference(parent.state(), revision.state())).toList();
    List<Integer> gains = differences.getFirst().gains();
    noteLosses(revision, parents, differences);
    mainFile
        .check(revision, parents.stream().map(At::state).toList())
        .ifPresent(place -> moves.add(new Move(revision.commit(), place)));
    commits.put(revision.commit(), next(revision.state(), parents, differences.getFirst(), gains));
    if (revision.whole()) {
      noteIntroductions(revision.commit(), gains, differences);
    }
    differences.forEach(difference -> difference.mentioned().forEach(seen::set));
  }

  private At at(String commit) {
    return Objects.requireNonNull(commits.get(commit), "parents come before children");
  }

  private LedgerDifference difference(@Nullable String before, String after) {
    return new LedgerDifference(history, versions, seen, before, after);
  }

  private void noteIntroductions(
      String commit, List<Integer> gains, List<LedgerDifference> differences) {
    for (int entry : gains) {
      if (differences.stream().skip(1).allMatch(other -> other.gains(entry))) {
        introductions.computeIfAbsent(entry, _ -> new ArrayList<>(1)).addFirst(commit);
      }
    }
  }

  private void noteLosses(
      LedgerHistory.Revision revision, List<At> parents, List<LedgerDifference> differences) {
    Set<Integer> here = new HashSet<>();
    for (int i = 0; i < parents.size(); i++) {
      for (LedgerDifference.Place place : differences.get(i).losses()) {
        if (concerns(revision, i, place.entry())
            && !isEcho(parents, place.entry())
            && here.add(place.entry())) {
          losses.add(new Loss(revision.commit(), place));
        }
      }
    }
    here.forEach(lost::set);
  }

  /**
   * The side branch takes anchors as further parents to keep them reachable, and of each only the
   * line that it brought.
   */
  private boolean concerns(LedgerHistory.Revision revision, int parent, int entry) {
    return parent == 0
        || revision.line() != LedgerHistory.Line.SIDE_BRANCH
        || introductions.getOrDefault(entry, List.of()).contains(revision.parents().get(parent));
  }

  /** A merge of a line that is gone already with one that still has it says nothing new. */
  private boolean isEcho(List<At> parents, int entry) {
    return lost.get(entry)
        && parents.stream().anyMatch(parent -> !versions.isIn(parent.state(), entry));
  }

  private At next(
      String state, List<At> parents, LedgerDifference difference, List<Integer> gains) {
    At before = parents.isEmpty() ? new At("", 0, Set.of(), true) : parents.getFirst();
    Set<Integer> fresh = Set.copyOf(gains);
    boolean grown =
        before.isClosed()
            && difference.losses().isEmpty()
            && gains.stream()
                .flatMap(entry -> table.parents(entry).stream())
                .allMatch(
                    parent ->
                        fresh.contains(parent)
                            || before.heads().contains(parent)
                            || versions.isIn(state, parent));
    if (!grown) {
      return counted(state);
    }
    Set<Integer> heads = new HashSet<>(before.heads());
    heads.addAll(gains);
    gains.forEach(child -> table.parents(child).forEach(heads::remove));
    return new At(state, before.size() + gains.size(), Set.copyOf(heads), true);
  }

  /** What did not simply grow is counted anew. */
  private At counted(String state) {
    Set<Integer> all = versions.entries(state);
    Set<Integer> named = new HashSet<>();
    all.forEach(child -> named.addAll(table.parents(child)));
    Set<Integer> heads = new HashSet<>(all);
    heads.removeAll(named);
    return new At(state, all.size(), Set.copyOf(heads), all.containsAll(named));
  }

  /** Commits that have an entry and no parent of which has it, children before parents. */
  public List<String> introducing(String id) {
    return List.copyOf(introductions.getOrDefault(table.find(id), List.of()));
  }

  /** Commits that a shallow clone ends with. */
  public List<String> cuts() {
    return List.copyOf(cuts);
  }

  /** Whether the verified state has an entry, whatever is to be said against it. */
  public boolean isPresent(String id) {
    return isAtTip(table.find(id));
  }

  boolean isAtTip(int entry) {
    return atTip.contains(entry);
  }

  /** Whether nothing went and nothing moved. */
  public boolean isGrowthAlone() {
    return losses.isEmpty() && moves.isEmpty();
  }

  List<Loss> losses() {
    return List.copyOf(losses);
  }

  List<Move> moves() {
    return List.copyOf(moves);
  }

  String id(int entry) {
    return table.id(entry);
  }

  @Nullable Integer pullRequest(int entry) {
    return table.pullRequest(entry);
  }

  /** Ids of all entries of a commit; empty where the walk did not come by it. */
  public Optional<List<String>> entriesAt(String commit) {
    return Optional.ofNullable(commits.get(commit))
        .map(at -> versions.entries(at.state()).stream().map(table::id).sorted().toList());
  }

  /**
   * What the trailers of a commit must say.
   *
   * @param path of the container; empty where it has not got the entry
   */
  Optional<Trailers> trailers(String commit, String entry, String path) {
    At at = commits.get(commit);
    String version = at == null ? null : history.files(at.state()).get(path);
    if (at == null || version == null) {
      return Optional.empty();
    }
    int node = versions.read(version, null);
    return versions.contains(node, table.find(entry))
        ? Optional.of(
            new Trailers(
                entry,
                at.heads().stream().map(table::id).sorted().toList(),
                at.size(),
                versions.root(node),
                path))
        : Optional.empty();
  }
}
