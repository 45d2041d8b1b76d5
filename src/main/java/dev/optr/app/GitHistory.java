package dev.optr.app;

import dev.optr.git.BlobVersions;
import dev.optr.git.FileHistory;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Container;
import dev.optr.ledger.LedgerHistory;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The history of the ledger files of a repository. */
final class GitHistory implements LedgerHistory, AutoCloseable {
  private static final String SHARDS = "datalake/ledger.d";
  private static final int STATES_KEPT = 64;

  private final GitRepository repository;
  private final VerifiedState verified;
  private final List<String> others;
  private final FileHistory files;
  private final BlobVersions contents;
  private final Map<String, Map<String, String>> known = new LinkedHashMap<>(16, 0.75f, true);

  GitHistory(GitRepository repository, VerifiedState verified) {
    this(repository, verified, List.of());
  }

  /**
   * @param others commits that the verified state does not come from and that are walked as well
   */
  GitHistory(GitRepository repository, VerifiedState verified, List<String> others) {
    this.repository = repository;
    this.verified = verified;
    this.others = List.copyOf(others);
    this.files = new FileHistory(repository, Container.MAIN, SHARDS);
    this.contents = new BlobVersions(repository);
  }

  @Override
  public List<Revision> revisions() {
    Set<String> onDefault = firstParents(List.of(verified.defaultTip()));
    Set<String> onSide = firstParents(verified.sides());
    List<String> tips = Stream.concat(verified.tips().stream(), others.stream()).toList();
    return files.reachable(tips).stream()
        .map(
            commit ->
                new Revision(
                    commit.id(),
                    commit.parents(),
                    commit.state(),
                    commit.whole(),
                    line(commit.id(), onDefault, onSide)))
        .toList();
  }

  private Set<String> firstParents(Collection<String> tips) {
    Set<String> line = new HashSet<>();
    tips.forEach(tip -> line.addAll(FileHistory.firstParents(repository, tip)));
    return line;
  }

  private static Line line(String commit, Set<String> onDefault, Set<String> onSide) {
    if (onDefault.contains(commit)) {
      return Line.DEFAULT_BRANCH;
    }
    return onSide.contains(commit) ? Line.SIDE_BRANCH : Line.ANY;
  }

  @Override
  public List<String> tips() {
    return verified.tips();
  }

  @Override
  public @Nullable String main(String state) {
    return files.file(state).orElse(null);
  }

  @Override
  public Map<String, String> files(String state) {
    Map<String, String> found = known.get(state);
    if (found == null) {
      found = new TreeMap<>(files.files(state));
      found.keySet().removeIf(path -> !Container.isLedger(path));
      known.put(state, found);
      if (known.size() > STATES_KEPT) {
        known.remove(known.keySet().iterator().next());
      }
    }
    return found;
  }

  @Override
  public List<Change> changes(@Nullable String before, String after) {
    return files.changes(before, after).stream()
        .filter(change -> Container.isLedger(change.path()))
        .map(change -> new Change(change.path(), change.before(), change.after()))
        .toList();
  }

  @Override
  public int sharedPrefix(String version, String other) {
    return contents.sharedPrefix(version, other);
  }

  @Override
  public byte[] from(String version, int offset) {
    return contents.from(version, offset);
  }

  /** States of the default branch in which there were ledger files, oldest first. */
  Stream<String> statesOfDefaultBranch() {
    return files.reachable(List.of(verified.defaultTip())).stream()
        .map(FileHistory.Commit::state)
        .distinct()
        .filter(state -> !files(state).isEmpty());
  }

  @Override
  public void close() {
    contents.close();
    files.close();
  }
}
