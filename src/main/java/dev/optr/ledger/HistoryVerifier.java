package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The append-only rule along first parents: no line of the ledger goes, and the main file only
 * grows at its end. A line that went and came back is a warning.
 */
public final class HistoryVerifier {
  /**
   * The ledger files of one commit.
   *
   * @param commit id
   */
  public record Snapshot(String commit, List<Container> containers) {
    public Snapshot {
      containers = List.copyOf(containers);
    }
  }

  /**
   * The verification of the last snapshot with what its history adds.
   *
   * @param snapshots oldest first, of commits that changed a ledger file
   */
  public Verification verify(Verification verification, List<Snapshot> snapshots) {
    String genesis = verification.genesis();
    List<Finding> findings = new ArrayList<>();
    if (genesis == null || snapshots.isEmpty()) {
      return verification;
    }
    Set<String> atTip = ids(lines(snapshots.getLast(), genesis));
    Set<String> seen = new HashSet<>();
    List<Entry> before = List.of();
    for (Snapshot snapshot : snapshots) {
      List<Entry> now = lines(snapshot, genesis);
      findings.addAll(missing(before, now, atTip, snapshot.commit()));
      findings.addAll(moved(before, now, seen, snapshot.commit()));
      seen.addAll(ids(now));
      before = now;
    }
    return verification.with(findings);
  }

  /** Lines of other ledgers are no concern of the one that counts. */
  private static List<Entry> lines(Snapshot snapshot, String genesis) {
    return LedgerLines.read(snapshot.containers(), new Findings()).entries().stream()
        .filter(
            entry -> entry.id().equals(genesis) || genesis.equals(entry.body().common().ledger()))
        .toList();
  }

  private static List<Finding> missing(
      List<Entry> before, List<Entry> now, Set<String> atTip, String commit) {
    Set<String> present = ids(now);
    Map<String, Entry> gone = new LinkedHashMap<>();
    before.stream()
        .filter(entry -> !present.contains(entry.id()))
        .forEach(entry -> gone.putIfAbsent(entry.id(), entry));
    return gone.values().stream()
        .map(
            entry -> {
              Code code = atTip.contains(entry.id()) ? Code.W_RESTORED : Code.E_NOT_PREFIX;
              return entry.finding(code, commit, "the commit takes the line away");
            })
        .toList();
  }

  private static List<Finding> moved(
      List<Entry> before, List<Entry> now, Set<String> seen, String commit) {
    Set<String> present = ids(now);
    Set<String> earlier = ids(before);
    // What went is reported as gone, what came back keeps its old place: neither is a move.
    List<Bytes> kept =
        main(before).stream()
            .filter(entry -> present.contains(entry.id()))
            .map(Entry::line)
            .toList();
    List<Bytes> grown =
        main(now).stream()
            .filter(entry -> earlier.contains(entry.id()) || !seen.contains(entry.id()))
            .map(Entry::line)
            .toList();
    boolean prefix = kept.size() <= grown.size() && grown.subList(0, kept.size()).equals(kept);
    if (prefix) {
      return List.of();
    }
    return List.of(
        new Finding(
            Code.E_NOT_PREFIX,
            Container.MAIN,
            null,
            null,
            null,
            commit,
            "the commit changes or moves lines instead of adding at the end"));
  }

  private static List<Entry> main(List<Entry> entries) {
    return entries.stream().filter(entry -> entry.container().equals(Container.MAIN)).toList();
  }

  private static Set<String> ids(List<Entry> entries) {
    Set<String> ids = new HashSet<>();
    entries.forEach(entry -> ids.add(entry.id()));
    return ids;
  }
}
