package dev.optr.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Warns where a commit no longer has what the newest entry about a file recorded. What counts is
 * read at the anchor, where {@link AnchorVerifier} holds it to the entry; whoever reads the tree
 * itself should know that it says something else.
 */
public final class DriftVerifier {
  private final AnchorSource source;

  public DriftVerifier(AnchorSource source) {
    this.source = source;
  }

  /** The verification with what drifted in a commit, in order of paths. */
  public Verification verify(Verification verification, String commit) {
    List<Finding> drifted = new ArrayList<>();
    newest(verification.entries())
        .forEach(
            (path, recorded) -> {
              Optional<FileFacts> found = source.file(commit, path);
              if (recorded.stream().noneMatch(one -> one.output().isContentOf(found))) {
                drifted.add(
                    recorded
                        .getFirst()
                        .entry()
                        .finding(
                            Code.W_DRIFT,
                            commit,
                            "'%s' is %s; what was recorded is at the anchor"
                                .formatted(path, found.isEmpty() ? "gone" : "another")));
              }
            });
    return verification.with(drifted);
  }

  private record Recorded(Entry entry, RecordedFile output) {}

  /** Of entries on two branches neither is newer: each may be what the merge kept. */
  private static Map<String, List<Recorded>> newest(Entries entries) {
    Map<String, List<Recorded>> byPath = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.body() instanceof Body.Run run) {
        run.outputs().forEach(output -> add(byPath, new Recorded(entry, output)));
      }
    }
    return byPath;
  }

  private static void add(Map<String, List<Recorded>> byPath, Recorded one) {
    List<Recorded> known = byPath.computeIfAbsent(one.output().path(), _ -> new ArrayList<>());
    long height = one.entry().body().common().height();
    long highest = known.isEmpty() ? -1 : known.getFirst().entry().body().common().height();
    if (height > highest) {
      known.clear();
    }
    if (height >= highest) {
      known.add(one);
    }
  }
}
