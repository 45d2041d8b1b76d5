package dev.optr.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Warns where a commit no longer has what the newest entry about a file recorded, as output or as
 * input. What counts is read at the anchor, where {@link AnchorVerifier} holds it to the entry;
 * whoever reads the tree itself should know that it says something else.
 */
public final class DriftVerifier {
  private final AnchorSource source;

  public DriftVerifier(AnchorSource source) {
    this.source = source;
  }

  /**
   * The verification with what drifted in a commit, in order of paths. Entries that only another
   * branch has say nothing of the commit.
   */
  public Verification verify(Verification verification, String commit) {
    List<Finding> drifted = new ArrayList<>();
    newest(verification.entries())
        .forEach(
            (path, recorded) -> {
              Optional<FileFacts> found = source.file(commit, path);
              if (recorded.stream().noneMatch(one -> one.file().isContentOf(found))) {
                drifted.add(finding(recorded.getFirst(), commit, found.isEmpty()));
              }
            });
    return verification.with(drifted);
  }

  private static Finding finding(Recorded recorded, String commit, boolean gone) {
    return recorded
        .entry()
        .finding(
            Code.W_DRIFT,
            commit,
            "'%s' is %s; what was recorded is at the anchor"
                .formatted(recorded.file().path(), gone ? "gone" : "another"));
  }

  private record Recorded(Entry entry, RecordedFile file) {}

  /** Of entries on two branches neither is newer: each may be what the merge kept. */
  private static Map<String, List<Recorded>> newest(Entries entries) {
    Map<String, List<Recorded>> byPath = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.body() instanceof Body.Run run && Container.isLedger(entry.container())) {
        Stream.concat(run.inputs().stream(), run.outputs().stream())
            .forEach(file -> add(byPath, new Recorded(entry, file)));
      }
    }
    return byPath;
  }

  private static void add(Map<String, List<Recorded>> byPath, Recorded one) {
    List<Recorded> known = byPath.computeIfAbsent(one.file().path(), _ -> new ArrayList<>());
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
